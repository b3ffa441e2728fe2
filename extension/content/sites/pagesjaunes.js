// @ts-check
/** Reader of reviews on a business's page of Pages Jaunes, as it was served at the end of 2025. */
(() => {
  const { addReviews } = Amends;

  addReviews({
    name: 'pagesjaunes',
    platform: 'pagesjaunes',
    label: 'Pages Jaunes',
    hosts: ['pagesjaunes.fr'],
    card: 'li.avis[id^="Avis-"]',
    answer: '.zone-reponses',
    answered: '.zone-reponses :is(blockquote, .commentaire)',
    author: '.pseudo',
    text: 'blockquote.commentaire',
    date: '.infos-publication .date',
    stars: '.note-contributeur .fd-note, .note-contributeur',
    helpful: '.avis-utile .value',
    id: (root) => /^Avis-([\da-f]{24})$/.exec(root.id)?.[1],
    url: (_, url, id) => `${url.split(/[?#]/)[0]}${id ? `#Avis-${id}` : ''}`,
  });
})();
