// @ts-check
/**
 * Reader of the reviews in Google Business Profile's own dashboard, where their owners read and answer them.
 *
 * No saved page was at hand: its hooks come from public source only. Google names nearly everything by machine; what
 * has a meaning is the quotation, and the link to the writer's contributions.
 */
(() => {
  const { addReviews } = Amends;

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
    id: (root) => root.getAttribute('data-review-id'),
    url: (_, url) => url.split(/[?#]/)[0],
    business: ['[role="main"] h1', 'h1'],
    reply: '.GYpYWe textarea, [data-review-id] textarea, [role="dialog"] textarea',
  });
})();
