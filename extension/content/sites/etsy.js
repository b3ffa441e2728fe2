// @ts-check
/** Reader of buyers' reviews on Etsy. No saved page was at hand: its hooks come from public source only. */
(() => {
  const { addReviews, address, text } = Amends;
  const CARD = '[data-review-region], .review-card';
  const YEAR = /(?<!\d)20\d\d(?!\d)/;

  /** The date stands beside the name, in an element without a name of its own. @param {Element | undefined} part */
  const dateText = (part) =>
    text(part)
      ?.split('\n')
      .find((words) => YEAR.test(words));

  addReviews({
    name: 'etsy',
    platform: 'etsy',
    label: 'Etsy',
    hosts: ['etsy.com'],
    card: CARD,
    answer: '[data-seller-response], [class*="seller-response" i], [class*="shop-response" i]',
    author: 'a[href*="/people/"]',
    profile: 'a[href*="/people/"]',
    text: ['[id^="review-preview-toggle"]', '.wt-content-toggle__body', '[data-review-text]', 'p.wt-text-body'],
    date: ['[data-review-date]', '.wt-text-body-small:not(:has(a))', 'p:has(a[href*="/people/"])'],
    dateText,
    stars: ['input[name="rating"]', '[role="img"][aria-label]'],
    pictures: 'img[src*="/iap_"]',
    product: '[data-buy-box-listing-title], h1',
    id: (root) => /^\d+$/.exec(root.getAttribute('data-review-region') ?? '')?.[0],
    url: (_, url) => url.split(/[?#]/)[0],
    context: (root, url) => ({
      businessUrl: address(Amends.own(root, 'a[href*="/listing/"]', CARD)?.getAttribute('href'), url)?.split(/[?#]/)[0],
    }),
  });
})();
