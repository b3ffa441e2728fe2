// @ts-check
/** Reader of reviews by Yotpo, below the products of shops on any host; the hooks are those of its two widgets. */
(() => {
  const { addReviews } = Amends;

  addReviews({
    name: 'yotpo',
    platform: 'yotpo',
    label: 'Yotpo',
    hosts: [],
    detect: (page) => page.querySelector('.yotpo-review') !== null,
    card: '.yotpo-review',
    answer: '.yotpo-comments-box, [class*="yotpo-shop-comment"], [class*="yotpo-review-comment"]',
    author: ['.yotpo-reviewer-name', '.yotpo-user-name'],
    title: ['.yotpo-review-title', '.content-title'],
    text: ['.yotpo-read-more-text', '.yotpo-review-content', '.content-review'],
    skip: '.yotpo-read-more',
    more: '.yotpo-read-more-button',
    date: ['.yotpo-review-date', '.yotpo-date-format'],
    stars: ['.yotpo-review-star-rating[aria-label]', '.yotpo-star-rating[aria-label]', '.yotpo-review-stars .sr-only'],
    helpful: '.vote-sum[data-type="up"]',
    pictures: '.yotpo-review-images-container img, .yotpo-image-container img',
    verified: '.yotpo-reviewer-verified-buyer-text, .yotpo-verified-buyer',
    product: 'h1',
    id: (root) =>
      root.getAttribute('data-review-id') ??
      /^\d+$/.exec(Amends.own(root, '.content-review', '.yotpo-review')?.id ?? '')?.[0],
  });
})();
