// @ts-check
/** Reader of questions, answers and comments on Stack Overflow and the other sites of Stack Exchange. */
(() => {
  const { add, clean, line, language, text, count, time, address, own } = Amends;
  const POST = '.question[data-questionid], .answer[data-answerid]';
  const ITEM = `${POST}, .comment[data-comment-id], .js-comment[data-comment-id]`;
  const NOTICES = '.js-post-notice, .s-notice, .question-status, aside';

  /**
   * "2021-09-07 04:39:52Z, License: …" and "2021-09-07T04:39:52" are both UTC.
   * @param {Element | null | undefined} part
   */
  const when = (part) => {
    const found = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?/.exec(
      part?.getAttribute('datetime') ?? part?.getAttribute('title') ?? '',
    );
    return found ? time(`${found[0].replace(' ', 'T')}Z`) : undefined;
  };

  /** A post's author signs last; whoever edited it signs before. @param {Element} root */
  const signature = (root) =>
    own(root, '.post-signature.owner', ITEM) ??
    [...root.querySelectorAll('.post-signature')].findLast((found) => found.closest(ITEM) === root) ??
    null;

  /** @param {Element | null} by @param {string} url @returns {Author | undefined} */
  const author = (by, url) => {
    const link = by?.matches('a')
      ? by
      : [...(by?.querySelectorAll('a[href*="/users/"]') ?? [])].find((each) => line(text(each)));
    const name = line(text(link ?? by?.querySelector('[itemprop="name"]') ?? by));
    return name ? { name, url: address(link?.getAttribute('href'), url) } : undefined;
  };
  /** @param {Element} root */
  const signed = (root) =>
    own(root, '[itemprop="author"]', ITEM) ??
    signature(root)?.querySelector('.user-details, .s-user-card--info') ??
    null;

  /** @param {Document} page @param {string} url */
  const thread = (page, url) => {
    const title =
      Amends.first(page, '#question-header h1 a, #question-header h1') ?? Amends.first(page, 'h1[itemprop="name"]');
    const id =
      Amends.first(page, '#question')?.getAttribute('data-questionid') ??
      /\/questions\/(\d+)/.exec(title?.getAttribute('href') ?? '')?.[1];
    return {
      url: id ? `${new URL(url).origin}/questions/${id}` : undefined,
      title: line(text(title)),
      site: line(Amends.first(page, 'meta[property="og:site_name"]')?.getAttribute('content')),
    };
  };

  /** @param {Element} root @param {string} url */
  const addressOf = (root, url) =>
    root.matches('.question')
      ? `${new URL(url).origin}/questions/${root.getAttribute('data-questionid')}`
      : `${new URL(url).origin}/a/${root.getAttribute('data-answerid')}`;
  /** @param {Element} root */
  const words = (root) => text(own(root, '.js-post-body, .post-text', ITEM), { skip: NOTICES });

  /** @param {Element} root @param {string} url @returns {Reading} */
  const post = (root, url) => {
    const page = root.ownerDocument;
    const about = thread(page, url);
    const isQuestion = root.matches('.question');
    const created =
      own(root, 'time[itemprop="dateCreated"]', ITEM) ??
      (isQuestion
        ? [...page.querySelectorAll('time[itemprop="dateCreated"]')].find((each) => !each.closest(ITEM))
        : null);
    const by = author(signed(root), url);
    const votes = own(root, '.js-vote-count, .vote-count-post', ITEM);
    return {
      kind: isQuestion ? 'post' : 'comment',
      id: root.getAttribute('data-questionid') ?? root.getAttribute('data-answerid') ?? undefined,
      url: addressOf(root, url),
      author: by && {
        ...by,
        avatar: address(
          signature(root)
            ?.querySelector('.user-gravatar32 img, .s-avatar img, img.s-avatar--image')
            ?.getAttribute('src'),
          url,
        ),
      },
      title: isQuestion ? about.title : undefined,
      text: words(root),
      lang: language(page.documentElement.lang),
      postedAt: when(created) ?? when(signature(root)?.querySelector('.relativetime[title], time[datetime]')),
      metrics: {
        score: count(votes?.getAttribute('data-value') ?? root.getAttribute('data-score') ?? votes?.textContent),
      },
      context: isQuestion
        ? { community: about.site }
        : { community: about.site, thread: about.url, threadTitle: about.title },
      media: [...(own(root, '.js-post-body, .post-text', ITEM)?.querySelectorAll('img[src]') ?? [])]
        .map((part) => address(part.getAttribute('src'), url))
        .filter((src) => src !== undefined),
    };
  };

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const comment = (root, url) => {
    if (root.matches('.deleted-comment')) return undefined;
    const id = root.getAttribute('data-comment-id');
    const about = thread(root.ownerDocument, url);
    const above = root.closest(POST);
    const link = root.querySelector('a.comment-link[href*="#"]')?.getAttribute('href');
    return {
      kind: 'comment',
      id: `c${id}`,
      url: link ? address(link, url.split(/[?#]/)[0]) : about.url && `${about.url}#comment${id}`,
      author: author(root.querySelector('.comment-user'), url),
      text: text(root.querySelector('.comment-copy')),
      lang: language(root.ownerDocument.documentElement.lang),
      postedAt: when(
        root.querySelector('.relativetime-clean[title], .relativetime[title], .comment-date [title], time[datetime]'),
      ),
      metrics: {
        score: count(root.getAttribute('data-comment-score') ?? root.querySelector('.comment-score')?.textContent),
      },
      context: {
        community: about.site,
        thread: about.url,
        threadTitle: about.title,
        parent: above && {
          url: addressOf(above, url),
          author: author(signed(above), url)?.name,
          text: clean(words(above), 500),
        },
      },
    };
  };

  add({
    name: 'stackexchange',
    platform: 'stackexchange',
    label: 'Stack Exchange',
    siteKind: 'forums',
    version: 1,
    hosts: [
      'stackoverflow.com',
      'stackexchange.com',
      'superuser.com',
      'serverfault.com',
      'askubuntu.com',
      'mathoverflow.net',
      'stackapps.com',
    ],
    item: ITEM,
    anchor: (root) =>
      root.matches(POST) ? own(root, '.js-post-menu, .post-menu', ITEM) : root.querySelector('.comment-date'),
    reply: '.js-comment-form textarea, textarea.js-comment-text-input, #wmd-input',
    extract(root, url) {
      const reading = root.matches(POST) ? post(root, url) : comment(root, url);
      return reading?.text ? reading : undefined;
    },
  });
})();
