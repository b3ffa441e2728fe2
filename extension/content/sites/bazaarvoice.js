// @ts-check
/** Reader of reviews by Bazaarvoice, in shops on any host; the hooks are those that it documents for its display. */
(() => {
  const { addReviews, text } = Amends;
  const CARD = '.bv-content-review, .bv-content-item[data-content-id]';

  addReviews({
    name: 'bazaarvoice',
    platform: 'bazaarvoice',
    label: 'Bazaarvoice',
    hosts: [],
    detect: (page) => page.querySelector(CARD) !== null,
    card: CARD,
    answer: '.bv-content-response, .bv-content-comments, [class*="bv-client-response"]',
    author: ['.bv-author [itemprop="name"]', '.bv-author'],
    nameOf: (part) => text(part, { skip: `.bv-off-screen, button button, ${CARD}` }),
    title: '.bv-content-title',
    text: '.bv-content-summary-body-text',
    date: ['meta[itemprop="datePublished"]', '.bv-content-datetime-stamp'],
    stars: ['meta[itemprop="ratingValue"]', '.bv-rating-stars-container .bv-off-screen', 'abbr.bv-rating[title]'],
    helpful: '.bv-content-btn-feedback-yes .bv-content-btn-count',
    pictures: '.bv-content-media-container img',
    verified: '.bv-badge-verifiedpurchaser, .bv-badge-verifiedPurchaser',
    product: 'h1',
    id: (root) => root.getAttribute('data-content-id'),
  });
})();
