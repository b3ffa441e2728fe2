// @ts-check
/**
 * Reader of employees' reviews on Indeed. No saved page was at hand: its hooks come from public source only.
 *
 * Who writes there is anonymous: the page shows a job and a place, which are nobody's name.
 */
(() => {
  const { addReviews, text } = Amends;
  const CARD = '[data-tn-entitytype="reviewId"], [itemprop="review"]';
  const LINK = 'a[href*="/reviews"][href*="id="]';

  /** "Job title (former employee) - Paris - 20 August 2025": the last part. @param {Element | undefined} part */
  const dateText = (part) =>
    text(part)
      ?.split(/\s+[-–—]\s+/)
      .at(-1);
  /** @param {Element} root */
  const idOf = (root) =>
    /[?&]id=([\da-f]{8,40})/.exec(Amends.own(root, LINK, CARD)?.getAttribute('href') ?? '')?.[1] ??
    /^[\da-f]{8,40}$/.exec(root.getAttribute('data-tn-entityid') ?? '')?.[0];

  addReviews({
    name: 'indeed',
    platform: 'indeed',
    label: 'Indeed',
    hosts: ['indeed.com'],
    card: CARD,
    title: ['[data-testid="title"]', '[itemprop="name"]'],
    text: ['[data-tn-component="reviewDescription"] [itemprop="reviewBody"]', '[itemprop="reviewBody"]'],
    date: '[itemprop="author"]',
    dateText,
    stars: ['meta[itemprop="ratingValue"]', '[itemprop="reviewRating"] button', '[itemprop="ratingValue"]'],
    business: ['[data-testid="topCardCompanyName"], [itemprop="itemReviewed"] [itemprop="name"]', 'h1'],
    id: idOf,
    url(_, url, id) {
      const firm = /^\/cmp\/[^/]+/.exec(new URL(url).pathname)?.[0];
      return firm && id ? new URL(`${firm}/reviews?id=${id}`, url).href : url.split('#')[0];
    },
  });
})();
