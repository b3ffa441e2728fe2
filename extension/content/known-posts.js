// @ts-check
/** Match keys of posts, and the cases that the worker knows for them; no server is asked. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const MOST = 200; // keys in one question
  let isFirst = true; // a page that has just opened is told of what was asked for a moment ago
  const getMessage = (/** @type {string} */ key, /** @type {string[]} */ ...parts) => api.i18n.getMessage(key, parts);

  /**
   * Whether a post has no address of its own: a comment or review that only has its thread's or shop's.
   * @param {Capture} capture
   */
  const sharesAddress = ({ kind, id, url }) =>
    (kind === 'comment' || kind === 'review') &&
    Amends.folded(url) === Amends.folded(location.href) &&
    !(id && url?.includes(id));

  /**
   * The names by which the server's list knows a post: its number on its platform, and its own address.
   * @type {Amends['keysOf']}
   */
  Amends.keysOf = (capture) =>
    [capture.id && `${capture.platform}:${capture.id}`, sharesAddress(capture) ? '' : Amends.folded(capture.url)]
      .filter((key) => key !== undefined && key !== '')
      .map(String);

  /** Those of `keys` that are cases. @type {Amends['known']} */
  Amends.known = async (keys) => {
    const found = /** @type {Record<string, Known>} */ ({});
    const isOpened = isFirst;
    isFirst = false;
    for (let at = 0; at < keys.length; at += MOST) {
      Object.assign(
        found,
        await Amends.ask?.({ type: 'known', keys: keys.slice(at, at + MOST), opened: isOpened }).catch(() => undefined),
      );
    }
    return found;
  };

  /** How long ago, in the largest unit that fits. @param {string} iso */
  const age = (iso) => {
    const minutes = Math.max(0, (Date.now() - Date.parse(iso)) / 60_000);
    if (minutes >= 2_880) return getMessage('ageDays', String(Math.floor(minutes / 1_440)));
    return minutes >= 120
      ? getMessage('ageHours', String(Math.floor(minutes / 60)))
      : getMessage('ageMinutes', String(Math.floor(minutes)));
  };

  /** @type {Amends['stageOf']} */
  Amends.stageOf = ({ stage }) => getMessage(`stage_${stage}`) || '';

  /** "#42 · To contact · Ada · 3 d". @type {Amends['caseLabel']} */
  Amends.caseLabel = (post) =>
    [`#${post.number}`, Amends.stageOf?.(post), post.owner ?? getMessage('nobody'), age(post.openedAt)]
      .filter(Boolean)
      .join(' · ');
})();
