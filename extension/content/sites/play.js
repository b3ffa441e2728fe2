// @ts-check
/**
 * Reader of reviews on an app's page of Google Play, in the page and in its dialog.
 *
 * Its classes are made by a machine: what is read hangs on the element with the review's id, on roles and on order.
 * The hooks come from other readers' source and an excerpt of a page.
 */
(() => {
  const { add, line, text, count, address } = Amends;
  const HEAD = 'header[data-review-id]';

  /** "Rated 4 stars out of five stars", "星 5 つ中の 3": the smaller number is the rating. @param {Element | null} stars */
  const rating = (stars) => {
    const label = (stars?.getAttribute('aria-label') ?? '').replace(/[٠-٩۰-۹]/g, (digit) =>
      String((digit.codePointAt(0) ?? 0) & 15),
    );
    const numbers = (label.match(/\d+/g) ?? []).map(Number);
    const value = Math.min(...numbers);
    return value >= 1 && value <= 5 ? { value, max: 5 } : undefined;
  };

  add({
    name: 'play',
    platform: 'play',
    label: 'Google Play',
    siteKind: 'reviews',
    version: 1,
    hosts: ['play.google.com'],
    item: `div:has(> ${HEAD})`,
    anchor: (root) =>
      root.querySelector(`${HEAD} [role="img"][aria-label]`)?.nextElementSibling ?? root.querySelector(HEAD),
    reply: ':not(*)', // developers answer in the Play Console
    extract(root, url) {
      const head = root.querySelector(`:scope > ${HEAD}`);
      const id = head?.getAttribute('data-review-id');
      const app = new URL(url).searchParams.get('id');
      const said = text(root.querySelector(`:scope > ${HEAD} + div`));
      if (!head || !id || !app) return undefined;
      const face = head.querySelector('img');
      const stars = head.querySelector('[role="img"][aria-label]') ?? root.querySelector('[role="img"][aria-label]');
      if (!said && !stars) return undefined;
      const name = line(text(face?.nextElementSibling));
      const helpful = root
        .querySelector('[data-original-thumbs-up-count]')
        ?.getAttribute('data-original-thumbs-up-count');
      return {
        kind: 'review',
        id,
        url:
          `https://play.google.com/store/apps/details?id=${encodeURIComponent(app)}` +
          `&reviewId=${encodeURIComponent(id)}`,
        author: name ? { name, avatar: address(face?.getAttribute('src'), url) } : undefined,
        text: said,
        dateText: line(text(stars?.nextElementSibling)),
        rating: rating(stars),
        metrics: { helpful: count(helpful) },
        context: { business: line(text(root.ownerDocument.querySelector('h1[itemprop="name"], h1'))) },
      };
    },
  });
})();
