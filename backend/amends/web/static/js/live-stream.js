// Live stream: one connection for all open pages of a browser, for HTTP/1.1 allows six to a host. Of the pages that are
// seen, the one that holds the lock listens for all and tells the others; a hidden page holds nothing.
const NAME = 'amends.live';
const IS_POSSIBLE = 'locks' in navigator && 'BroadcastChannel' in window;

const me = String(Math.random());
const listeners = new Map(); // of this page: what is to be done with the events of a topic
const others = new Map(); // of the other pages: their topics
const channel = IS_POSSIBLE ? new BroadcastChannel(NAME) : null;

let turn; // waits for the lock, or holds it
let giveBack; // the lock, while this page holds it
let source;

const isShown = () => document.visibilityState === 'visible' && listeners.size > 0;
const tell = () => channel.postMessage({ page: me, topics: isShown() ? [...listeners.keys()] : [] });

function hear(topic, data) {
  listeners.get(topic)?.(JSON.parse(data));
}

function addressOf(topics) {
  const query = topics.map((topic) => (topic === 'today' ? 'today=yes' : topic.replace('case-', 'case=')));
  return `/events?${query.join('&')}`;
}

function connect() {
  if (!giveBack) return;
  const topics = [...new Set([...listeners.keys(), ...[...others.values()].flat()])].sort();
  const address = addressOf(topics);
  if (source?.url.endsWith(address) && source.readyState !== EventSource.CLOSED) return;
  source?.close();
  source = new EventSource(address);
  for (const topic of topics) {
    source.addEventListener(topic, ({ data }) => {
      hear(topic, data);
      channel.postMessage({ topic, data });
    });
  }
}

function lead() {
  return new Promise((resolve) => {
    giveBack = resolve;
    channel.postMessage({ asks: true });
    connect();
  });
}

async function queue() {
  turn = new AbortController();
  try {
    await navigator.locks.request(NAME, { signal: turn.signal }, lead);
  } catch (error) {
    if (error.name !== 'AbortError') throw error; // this page was hidden before its turn
  }
}

function leave() {
  source?.close();
  turn?.abort();
  giveBack?.();
  source = turn = giveBack = undefined;
  others.clear();
}

function update() {
  if (!IS_POSSIBLE) return;
  tell();
  if (!isShown()) leave();
  else if (turn) connect();
  else queue();
}

export function listen(topic, heard) {
  listeners.set(topic, heard);
  update();
}

export function ignore(topic, heard) {
  if (listeners.get(topic) === heard) listeners.delete(topic);
  update();
}

channel?.addEventListener('message', ({ data }) => {
  if (data.asks) tell();
  else if (data.topic) hear(data.topic, data.data);
  else if (giveBack) {
    if (data.topics.length) others.set(data.page, data.topics);
    else others.delete(data.page);
    connect();
  }
});
document.addEventListener('visibilitychange', update);
window.addEventListener('pagehide', () => {
  channel?.postMessage({ page: me, topics: [] });
  leave();
});
window.addEventListener('pageshow', ({ persisted }) => persisted && update());
