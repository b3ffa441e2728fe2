// Registers the service worker. Its address is the only one that this page may turn into a script (trusted types); the
// digest in it makes browsers take the worker of a new version.
const [, digest] = new URL(import.meta.url).pathname.match(/^\/static\/([^/]+)\//);
const ADDRESS = `/service-worker.js?of=${digest}`;

const asScript = window.trustedTypes
  ? window.trustedTypes.createPolicy('service-worker', { createScriptURL: () => ADDRESS })
  : { createScriptURL: () => ADDRESS };

// Browsers offer none over plain http from another machine, and none in some private windows.
export const registered = navigator.serviceWorker
  ? navigator.serviceWorker.register(asScript.createScriptURL(''), { scope: '/' }).catch(() => null)
  : Promise.resolve(null);

// Whoever signs out is reached here no more, also where the server knows this browser by an older session.
document.addEventListener('submit', async (event) => {
  if (!event.target.matches('[action="/sign-out"]')) return;
  const registration = await registered;
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
});
