// The service worker: shows a page of its own where Amends cannot be reached. It keeps that page and its styles, and
// nothing else: no page with a case on it is ever stored, and no form passes through here.
const OFFLINE = '/offline';
const CACHE = 'amends-offline';
const PART = /(?:href|src)="(\/static\/[^"]+)"/g;

async function keep() {
  const page = await fetch(OFFLINE, { cache: 'no-store', credentials: 'omit' });
  if (!page.ok || page.redirected) throw new TypeError(`${OFFLINE} answered ${page.status}`);
  const parts = [...(await page.clone().text()).matchAll(PART)].map((found) => found[1]);
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  await cache.put(OFFLINE, page);
  await cache.addAll(parts);
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET') return;
  if (mode === 'navigate') {
    event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
  } else if (new URL(url).pathname.startsWith('/static/')) {
    // Only the parts of that page are there, and only where they cannot be fetched.
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(url)) ?? Response.error()));
  }
});

// A reminder. Its words are ours, and it opens pages of ours alone.
self.addEventListener('push', (event) => {
  const told = event.data?.json() ?? {};
  const shown = { body: told.body, tag: told.tag, data: { url: told.url }, icon: '/static/now/icons/amends-192.png' };
  event.waitUntil(self.registration.showNotification(told.title ?? 'Amends', shown));
});

async function open(address) {
  const url = new URL(address ?? '/', self.location.origin);
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: 'window' });
  const there = windows.find((one) => one.url === url.href);
  await (there ? there.focus() : self.clients.openWindow(url.href));
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});
