// @ts-check
/** Reader of reviews by Judge.me, below the products of shops on any host; the hooks are those of its widget. */
(() => {
  const { addReviews, address, line } = Amends;

  addReviews({
    name: 'judgeme',
    platform: 'judgeme',
    label: 'Judge.me',
    hosts: [],
    detect: (page) => page.querySelector('.jdgm-rev[data-review-id]') !== null,
    card: '.jdgm-rev',
    answer: '.jdgm-rev__reply',
    author: '.jdgm-rev__author',
    title: '.jdgm-rev__title',
    text: '.jdgm-rev__body',
    skip: '.jdgm-rev__body-read-more',
    more: '.jdgm-rev__body-read-more',
    date: '.jdgm-rev__timestamp',
    stars: '.jdgm-rev__rating[data-score]',
    pictures: '.jdgm-rev__pics img',
    verified: '.jdgm-rev__buyer-badge',
    product: 'h1',
    id: (root) => root.getAttribute('data-review-id'),
    context: (root, url) => ({
      ...(root.hasAttribute('data-product-title') && { product: line(root.getAttribute('data-product-title')) }),
      businessUrl: address(root.getAttribute('data-product-url'), url),
    }),
  });
})();
