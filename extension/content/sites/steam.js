// @ts-check
/**
 * Reader of players' reviews on Steam, on a game's page in the shop and in its community. No saved page was at hand:
 * its hooks come from public source only. Steam has no stars: "Recommended" or not is the title.
 */
(() => {
  const { addReviews, address } = Amends;
  const CARD = '.apphub_Card:has(.vote_header), .review_box:has(.vote_header), .review_box:has(.persona_name)';
  const NAMED = '.apphub_CardContentAuthorName a[href], .persona_name a[href]';

  /** A player's review of a game has one address: in the data of its card, or where its date leads to.
   * @param {Element} root @param {string} url */
  const own = (root, url) =>
    [
      root.getAttribute('data-modal-content-url'),
      Amends.own(root, 'a[href*="/recommended/"]', CARD)?.getAttribute('href'),
      new URL(url).pathname.includes('/recommended/') ? url : undefined,
    ]
      .map((href) => /^https:\/\/[^/]+\/(?:profiles|id)\/[^/]+\/recommended\/\d+/.exec(address(href, url) ?? '')?.[0])
      .find(Boolean);

  /** @param {string | undefined} url */
  const numberOf = (url) =>
    /\/(?:profiles|id)\/([^/]+\/)recommended\/(\d+)/
      .exec(url ?? '')
      ?.slice(1)
      .join('');

  addReviews({
    name: 'steam',
    platform: 'steam',
    label: 'Steam',
    hosts: ['steamcommunity.com', 'store.steampowered.com'],
    card: CARD,
    answer: '.developer_response',
    author: NAMED,
    profile: NAMED,
    avatar: '.apphub_friend_block img, .avatar img',
    title: '.vote_header .title',
    text: ['.apphub_CardTextContent', '.content'],
    skip: '.date_posted, .early_access_review, .received_compensation, .gradient, .posted',
    more: '.view_more:not([style*="none"])',
    date: ['.date_posted', '.postedDate'],
    helpful: '.found_helpful, .vote_info',
    product: '.apphub_AppName, #appHubAppName',
    id: (root) => numberOf(own(root, root.baseURI)),
    url: (root, url) => own(root, url) ?? url.split(/[?#]/)[0],
  });
})();
