// @ts-check
/**
 * MutationObserver with an idle-time queue for what is added to the page.
 *
 * Nothing is kept of what was looked at; a page that adds parts faster than that is searched as a whole later.
 */
(() => {
  const DELAY = 100; // milliseconds in which changes are gathered
  const SLICE = 8; // milliseconds of work at a time, idle or not: half a frame
  const MOST = 2_000;
  /** @type {Set<Element>} */
  let parts = new Set();
  /** @type {Map<Element, () => void>} */
  const tasks = new Map();
  /** @type {(part: Element) => void} */
  let find = () => {};
  let planned = false;

  /** @param {Element} part */
  const add = (part) => {
    if (parts.size >= MOST) parts = new Set([document.documentElement]);
    parts.add(part);
  };

  /** The next piece of work; false when there is none. */
  const next = () => {
    for (const [element, task] of tasks) {
      tasks.delete(element);
      task();
      return true;
    }
    for (const part of parts) {
      parts.delete(part);
      if (part.isConnected) find(part);
      return true;
    }
    return false;
  };

  /** @param {IdleDeadline} deadline */
  const slice = (deadline) => {
    planned = false;
    const end = performance.now() + SLICE;
    const isTime = () => performance.now() < end && (deadline.didTimeout || deadline.timeRemaining() > 2);
    try {
      while (next() && isTime());
    } finally {
      if (tasks.size || parts.size) plan(0);
    }
  };

  /** @param {number} delay */
  const plan = (delay) => {
    if (planned) return;
    planned = true;
    setTimeout(() => requestIdleCallback(slice, { timeout: 400 }), delay);
  };

  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, target } of records) {
      for (const node of addedNodes)
        if (node.nodeType === 1 && !node.nodeName.startsWith('AMENDS-')) add(/** @type {Element} */ (node));
      for (const node of removedNodes) if (node.nodeName.startsWith('AMENDS-')) add(/** @type {Element} */ (target));
    }
    if (parts.size) plan(DELAY);
  });

  /** Does `task` when there is time; a later one for the same element takes its place. @type {Amends['later']} */
  Amends.later = (element, task) => {
    tasks.set(element, task);
    plan(0);
  };

  /** Hands every part of the page to `look`, now and as it grows; gives what ends that. @type {Amends['watch']} */
  Amends.watch = (look) => {
    find = look;
    add(document.documentElement);
    plan(0);
    observer.observe(document.documentElement, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      parts.clear();
      tasks.clear();
    };
  };
})();
