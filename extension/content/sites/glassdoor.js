// @ts-check
/**
 * Reader of employees' reviews on Glassdoor, in all its countries. No saved page was at hand: its hooks come from
 * public source only. Who writes there is anonymous: the page shows a job, which is nobody's name.
 */
(() => {
  const { addReviews, address } = Amends;
  const HOSTS =
    'glassdoor.com glassdoor.fr glassdoor.be glassdoor.ch glassdoor.de glassdoor.at glassdoor.es glassdoor.it ' +
    'glassdoor.nl glassdoor.ie glassdoor.co.uk glassdoor.ca glassdoor.com.au glassdoor.co.nz glassdoor.co.in ' +
    'glassdoor.sg glassdoor.com.hk glassdoor.com.br glassdoor.com.mx glassdoor.com.ar';
  const CARD = '[data-test="review-details-container"], [data-test="review-detail"], .empReview';
  const LINK = 'a[href*="RVW"]';

  /** The list's own element around a card, of which this is the first. @param {Element} root */
  const holder = (root) => {
    const around = root.closest('[id^="empReview_"]');
    return around === root || around?.querySelector(CARD) === root ? around : undefined;
  };

  addReviews({
    name: 'glassdoor',
    platform: 'glassdoor',
    label: 'Glassdoor',
    hosts: HOSTS.split(' '),
    card: CARD,
    answer: '[data-test*="employer-response" i], [class*="employerResponse" i], .mgmtResponse',
    title: ['[data-test="review-details-title"]', '.reviewLink', 'h3'],
    good: '[data-test="review-text-PROS" i], [data-test="pros"]',
    bad: '[data-test="review-text-CONS" i], [data-test="cons"]',
    text: '[data-test="review-text-FEEDBACK" i], [data-test="review-text-ADVICE" i], [data-test="advice-management"]',
    date: '[class*="timestamp_reviewDate" i], time.date, time',
    stars: ['[data-test="review-rating-label"]', '.ratingNumber'],
    business: ['[data-test="employer-short-name"], [data-test="employerName"]', 'h1'],
    id: (root) =>
      /RVW(\d+)/.exec(Amends.own(root, LINK, CARD)?.getAttribute('href') ?? '')?.[1] ??
      /^empReview_(\d+)$/.exec(holder(root)?.id ?? '')?.[1],
    url: (root, url) =>
      address(Amends.own(root, LINK, CARD)?.getAttribute('href'), url)?.split(/[?#]/)[0] ?? url.split(/[?#]/)[0],
  });
})();
