// @ts-check
/**
 * Reader of the reviews in Google Business Profile's own dashboard, where their owners read and answer them.
 *
 * No saved page was at hand: its hooks come from public source only. Google names nearly everything by machine; what
 * has a meaning is the quotation, and the link to the writer's contributions.
 */
(() => {
  const { addReviews } = Amends;

  /** The number that Maps gives the review too: its own, or that of a link to it there. @param {Element} root */
  const idOf = (root) =>
    root.getAttribute('data-review-id') ??
    root.querySelector('[data-review-id]')?.getAttribute('data-review-id') ??
    [...root.querySelectorAll('a[href*="/maps/reviews/"]')]
      .map((link) => /!1s([\w-]{20,})!/.exec(link.getAttribute('href') ?? '')?.[1])
      .find(Boolean);

  addReviews({
    name: 'googlebusiness',
    platform: 'google',
    label: 'Google',
    hosts: ['business.google.com'],
    card: '.GYpYWe, [data-review-id]',
    answer: '.Rhj72c, .BNyFuc',
    author: ['a[href*="/maps/contrib/"]', '.k4kupc span a'],
    profile: 'a[href*="/maps/contrib/"]',
    text: 'blockquote',
    date: '.KEfuhb, .Wxf3Bf, time',
    stars: '[role="img"][aria-label], .k4kupc [aria-label]',
    id: idOf,
    url: (_, url) => url.split(/[?#]/)[0],
    business: ['[role="main"] h1', 'h1'],
    reply: '.GYpYWe textarea, [data-review-id] textarea, [role="dialog"] textarea',
  });
})();
