// @ts-check
/**
 * Reader of reviews by Avis Vérifiés (Netreviews, Skeepers): on its own pages about a shop, and below the products of
 * shops on any host. No saved page was at hand: the hooks are those of its modules for shops, and of schema.org.
 */
(() => {
  const { addReviews, line, text } = Amends;

  const CARD = '.netreviews_review_part, .reviews .comment:has([itemprop="reviewBody"])';

  addReviews({
    name: 'avisverifies',
    platform: 'avisverifies',
    label: 'Avis Vérifiés',
    hosts: [
      'avis-verifies.com',
      'verified-reviews.com',
      'opiniones-verificadas.com',
      'recensioni-verificate.com',
      'echte-bewertungen.com',
    ],
    detect: (page) => page.querySelector('.netreviews_review_part') !== null,
    card: CARD,
    answer: '.netreviews_website_answer, .reply, .answer, [itemprop="comment"]',
    author: ['.netreviews_customer_name', '[itemprop="author"]'],
    nameOf: (part) => text(part, { skip: `.netreviews_customer_name > span, ${CARD}` }),
    text: ['.netreviews_customer_review', '[itemprop="reviewBody"]'],
    date: ['.netreviews_customer_name > span:not(.order_date)', '[itemprop="datePublished"]'],
    stars: ['.nrRate', '.netreviews_reviews_rate', '[itemprop="ratingValue"]'],
    helpful: '.netreviewsVote span',
    context: (root) =>
      root.matches('.netreviews_review_part')
        ? { business: undefined, product: line(text(root.ownerDocument.querySelector('h1'))) }
        : {},
    id: (root) => Amends.own(root, '.netreviewsVote[data-review-id]', CARD)?.getAttribute('data-review-id'),
  });
})();
