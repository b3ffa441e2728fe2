// @ts-check
/**
 * Reader of reviews on an app's page of the App Store.
 *
 * The pages until 2025 are known from saved ones, today's (reviews labelled by their title) from other readers' source
 * only.
 */
(() => {
  const { add, line, text, posted, address } = Amends;
  const ITEM = '.we-customer-review, [aria-labelledby^="review-"]';

  /**
   * A review stands on the page once more, hidden, for its dialog.
   * @param {Element} root
   * @param {string | null} label
   */
  const isCopy = (root, label) =>
    root.matches('.is-detail-view') &&
    root.ownerDocument.querySelector(`[aria-labelledby="${CSS.escape(label ?? '')}"]:not(.is-detail-view)`) !== null;

  /**
   * The first match that is the customer's, not the developer's answer.
   * @param {Element} root
   * @param {string} selector
   */
  const said = (root, selector) =>
    [...root.querySelectorAll(selector)].find((part) => {
      const answer = part.closest('[class*="response" i]');
      return !answer || !root.contains(answer);
    }) ?? null;

  /** "5 of 5", "5 Stars", "5つ星のうち3": the smaller number is the rating. @param {Element} root */
  const rating = (root) => {
    const stars = said(root, 'figure[aria-label], .stars[aria-label], [role="img"][aria-label]');
    const label = (stars?.getAttribute('aria-label') ?? '').replace(/[٠-٩]/g, (digit) =>
      String((digit.codePointAt(0) ?? 0) & 15),
    );
    const numbers = (label.match(/\d+(?:[.,]\d+)?/g) ?? []).map((number) => Number(number.replace(',', '.')));
    const value = Math.min(...numbers);
    return value >= 0 && value <= 5 ? { value, max: 5 } : undefined;
  };

  add({
    name: 'appstore',
    platform: 'appstore',
    label: 'App Store',
    siteKind: 'reviews',
    version: 1,
    hosts: ['apps.apple.com'],
    item: ITEM,
    anchor: (root) => said(root, 'time') ?? said(root, '.review-header, .we-customer-review__header'),
    reply: ':not(*)', // developers answer in App Store Connect
    extract(root, url) {
      const label = root.getAttribute('aria-labelledby');
      const name = line(text(said(root, '.we-customer-review__user, [data-test-customer-review-name], .author')));
      const words = text(
        said(root, '.we-customer-review__body, blockquote') ?? said(root, '[data-testid="truncate-text"], .content'),
      );
      const date = said(root, 'time');
      const given = rating(root);
      if (!(words || given) || isCopy(root, label)) return undefined;
      if (!name && !date) return undefined; // what editors wrote has neither
      const { postedAt, postedApprox, dateText } = posted(date?.getAttribute('datetime'), root.ownerDocument);
      return {
        kind: 'review',
        id:
          /^review-(\d+)/.exec(label ?? '')?.[1] ??
          root.closest('[data-test-review-customer]')?.getAttribute('data-test-review-customer') ??
          undefined,
        url: address(url.split(/[?#]/)[0]),
        author: name ? { name } : undefined,
        title: line(text(said(root, '.we-customer-review__title, h3'))),
        text: words,
        postedAt,
        postedApprox,
        dateText: postedAt ? undefined : (dateText ?? line(date?.textContent)),
        rating: given,
        context: {
          business: line(text(root.ownerDocument.querySelector('.product-header__title, h1'), { skip: '.badge' })),
        },
      };
    },
  });
})();
