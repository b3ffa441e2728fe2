// @ts-check
/**
 * Normalised address of a post, to recognise it without asking a server about what is browsed.
 *
 * A twin of the server's rule `folded`: only letters count, no site is treated apart. The key is never opened.
 */
(() => {
  const VIEW = /^(www|m|mobile|old)\./;
  const ITEM = /^#[a-z]*[-_]?\d[-\w]*$/i;
  const TRACKING = new RegExp(
    '^(utm_\\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|li_fat_id|igsh|igshid|mc_cid|mc_eid' +
      '|_ga|_gl|_hsenc|_hsmi|srsltid|share_id|shareId|si|feature|trk|trkInfo|rdt|ref|ref_src|ref_url|ref_source' +
      '|__cft__.*|__tn__|__xts__.*|comment_tracking|_branch_match_id)$',
  );

  /** @type {Amends['folded']} */
  const folded = (url) => {
    try {
      const { host, pathname, search, hash } = new URL(Amends.address(url) ?? '');
      const query = search
        .slice(1)
        .split('&')
        .filter((pair) => pair && !TRACKING.test(pair.split('=')[0]));
      const told = query.map(decodeURIComponent).sort().join('&');
      return (
        host.replace(VIEW, '') +
        decodeURIComponent(pathname.replace(/\/+$/, '')) +
        (told && `?${told}`) +
        (ITEM.test(hash) ? hash : '')
      );
    } catch {
      return '';
    } // not an address, or one with broken escapes
  };

  Object.assign(Amends, { folded });
})();
