// @ts-check
/** Reader of reviews on Booking.com. No saved page was at hand: its hooks come from public source only. */
(() => {
  const { addReviews, text, address, isForEars } = Amends;
  const CARD = '[data-testid="review-card"], .c-review-block, .review_item';
  const GREEN = '.c-review__row:has(.c-review__prefix--color-green)';

  /** The name stands before the country, and behind an initial where there is no picture. @param {Element} part */
  const nameOf = (part) => {
    const flag = part.querySelector('img[alt]:not([alt=""])')?.getAttribute('alt')?.trim();
    const leaves = [part, ...part.querySelectorAll('*')]
      .filter((leaf) => [...leaf.children].every(isForEars) && !isForEars(leaf))
      .filter((leaf) => leaf.closest(CARD) === part.closest(CARD))
      .map((leaf) => text(leaf) ?? '')
      .filter((word) => word && word !== flag);
    return leaves[0]?.length === 1 && leaves[1]?.startsWith(leaves[0]) ? leaves[1] : leaves[0];
  };

  addReviews({
    name: 'booking',
    platform: 'booking',
    label: 'Booking.com',
    hosts: ['booking.com'],
    card: CARD,
    answer: '[data-testid="review-partner-reply"], .c-review-block__response, .review_item_response',
    author: ['[data-testid="review-avatar"]', '.bui-avatar-block__title', '.reviewer_name'],
    nameOf,
    avatar: '[data-testid="review-avatar"] img[alt=""], .bui-avatar-block img.bui-avatar__image',
    title: ['[data-testid="review-title"]', '.c-review-block__title', '.review_item_header_content'],
    good: `[data-testid="review-positive-text"], ${GREEN} .c-review__body, .review_pos`,
    bad: `[data-testid="review-negative-text"], .c-review__row:not(${GREEN}) .c-review__body, .review_neg`,
    date: ['[data-testid="review-date"]', '.c-review-block__date', '.review_item_date'],
    stars: ['[data-testid="review-score"]', '.bui-review-score__badge', '.review-score-badge'],
    max: 10,
    helpful: '[data-testid="review-vote"]',
    business: ['#hp_hotel_name h2', '.pp-header__title', 'h1'],
    url: (_, url) => address(/^\/(hotel|reviews)\//.test(new URL(url).pathname) ? url.split(/[?#]/)[0] : url),
  });
})();
