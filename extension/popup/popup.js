// @ts-check
/** Toolbar popup: pairing, or the capture that was read with one decision, and the outbox's summary. */
import '../content/page.js';
import '../content/times.js';
import { api, getMessage } from '../lib/storage.js';
import { byId, limit, link, make, openDoctor, sendMessage, translate } from '../lib/dom.js';
import { drawAddressee } from '../lib/pairing-choice.js';
import { pairingFor, pairings } from '../lib/pairings.js';
import { drawQueue, watchOutbox } from '../lib/outbox-summary.js';
import { offered } from '../lib/pairing.js';
import { troubleWords } from '../lib/trouble.js';
import { drawCapture } from './capture.js';
import { drawKnown, offerGone } from './known-case.js';
import { startPicture } from './picture.js';
import { startBatch } from './batch.js';
import { drawDoubt, offerCandidates } from './candidates.js';

/** @typedef {chrome.tabs.Tab} Tab */
let at = 0;

/** The tab the popup belongs to; one that is opened in a tab of its own is told which. @returns {Promise<Tab>} */
const subject = async () => {
  const told = new URLSearchParams(location.search).get('tab');
  return told ? api.tabs.get(Number(told)) : (await api.tabs.query({ active: true, currentWindow: true }))[0];
};

/** @param {Result} result */
const drawResult = (result) => {
  const { text, note, link: href } = Amends.resultText(result);
  const shown = href ? link(href, text) : make('b', { textContent: text });
  byId('result').className = href || result.outcome === 'takenBack' ? '' : 'trouble';
  const more = note && note !== text ? make('small', { textContent: note }) : '';
  const back = Amends.takeBack(result, (next) => {
    if (next.outcome === 'takenBack') return drawResult(next);
    return byId('result').append(make('small', { textContent: Amends.resultText(next).note })); // it is still a case
  });
  const copies = (result.copies ?? []).map(({ number, url }) => link(url, getMessage('openCase', `#${number}`)));
  const undo = back ? make('button', { type: 'button', textContent: getMessage('undo'), onclick: back }) : '';
  byId('result').replaceChildren(shown, more, ...copies, undo);
  if (['unpaired', 'full', 'notKept', 'unreadable'].includes(result.outcome)) {
    byId('send').disabled = false;
    return;
  } // nothing was kept: nothing typed is lost
  byId('create').hidden = true;
  if (href) shown.focus();
};

const drawSeverities = () => {
  byId('severities').replaceChildren(
    ...['1', '2', '3', '4'].map((level) =>
      make(
        'label',
        { title: getMessage(`severity${level}Long`) },
        make('input', { type: 'radio', name: 'severity', value: `s${level}` }),
        make('span', {}, `S${level}`, make('small', { textContent: getMessage(`severity${level}`) })),
      ),
    ),
  );
};

/**
 * The button that shows the list of all posts in place of the one.
 * @param {Offer} offer
 * @param {Tab} tab
 * @param {() => string | undefined} addressee
 */
const offerSeveral = (offer, tab, addressee) => {
  const pick = (/** @type {boolean} */ isPicking) => {
    byId('picks').hidden = !isPicking;
    byId('create').hidden = isPicking;
  };
  const back = () => {
    pick(false);
    byId('several').focus();
  };
  byId('several').onclick = () => {
    pick(true);
    startBatch(offer, tab, { addressee, back, done: () => void drawQueue(byId('queue')) });
  };
};

/** @param {Offer} offer @param {Tab} tab @param {Pairing[]} all @param {Pairing} to */
const startCreate = (offer, tab, all, to) => {
  const form = byId('create');
  at = offer.chosen;
  const picture = startPicture(tab.id ?? -1, offer.frame);
  const knownAs = () => (offer.gone ? undefined : offer.known?.[at]);
  const draw = () => {
    drawCapture(offer.captures[at]);
    drawDoubt(offer, at);
    candidates.mark(at);
    drawKnown(knownAs());
    void picture.show(at); // when it is ready, and never in the way of Enter
    byId('position').textContent = getMessage('position', String(at + 1), String(offer.captures.length));
    byId('previous').disabled = at === 0;
    byId('next').disabled = at === offer.captures.length - 1;
  };
  const go = (/** @type {number} */ to) => {
    at = Math.min(Math.max(to, 0), offer.captures.length - 1);
    draw();
    void sendMessage({ type: 'show', tab: tab.id, frame: offer.frame, index: at }); // the page follows
  };
  const candidates = offerCandidates(offer, go);
  byId('previous').onclick = () => go(at - 1);
  byId('next').onclick = () => go(at + 1);
  byId('choice').hidden = offer.captures.length < 2;
  const addressee = drawAddressee(byId('to'), all, to.key, getMessage('sendTo'));
  offerSeveral(offer, tab, addressee);
  drawSeverities();
  limit(byId('note'), Amends.longest.note);
  byId('note').onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
  form.onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (byId('send').disabled) return;
    byId('send').disabled = true;
    const chosen = {
      capture: offer.captures[at],
      adapter: offer.adapters[at],
      severity: new FormData(form).get('severity'),
      note: byId('note').value,
      to: addressee(),
    };
    const shown = await picture.chosen(at);
    const place =
      shown === undefined ? await sendMessage({ type: 'show', tab: tab.id, frame: offer.frame, index: at }) : undefined;
    const post = knownAs();
    const revisit = post?.revisit ? { caseNumber: post.number, gone: false } : undefined;
    const id = crypto.randomUUID(); // asked again it is the same capture
    const pictured = { frame: offer.frame, place, picture: shown, pictureProblem: picture.problem(at) };
    drawResult(await sendMessage({ type: 'create', tab: tab.id, id, revisit, ...pictured, ...chosen }));
    void drawQueue(byId('queue'));
  };
  draw();
  form.hidden = false;
  byId('send').focus();
};

/** @param {{ code: string, server: string, member: string, problem?: string }} offer */
const startPair = (offer) => {
  byId('pair-server').textContent = offer.server;
  byId('pair-member').textContent = offer.member;
  byId('pair-problem').textContent = offer.problem ?? '';
  byId('pair-now').disabled = Boolean(offer.problem);
  byId('pair-check').onclick = () => void openDoctor(offer.server);
  byId('pair').onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (offer.problem || byId('pair-now').disabled) return;
    byId('pair-now').disabled = true;
    const { sentence } = await sendMessage({ type: 'pair', code: offer.code, server: offer.server });
    byId('pair-problem').textContent = sentence ?? '';
    byId('pair-check').hidden = !sentence;
    if (sentence) return;
    byId('pair').hidden = true;
    byId('result').replaceChildren(
      make('b', { textContent: getMessage('paired') }),
      make('small', { textContent: getMessage('pairedNext') }),
    );
    byId('options').textContent = getMessage('chooseSites');
    byId('options').focus();
    void drawQueue(byId('queue'));
  };
  byId('pair').hidden = false;
  byId('title').textContent = getMessage('pairTitle');
  byId('pair-now').focus();
};

const start = async () => {
  translate();
  byId('options').onclick = () => {
    void api.runtime.openOptionsPage();
  };
  const [tab, all] = [await subject(), await pairings()];
  const to = await pairingFor(tab.url);
  await watchOutbox(byId('queue'), byId('again'));
  const pairingPage = await offered(tab);
  if (pairingPage) return startPair(pairingPage);
  if (!to) {
    byId('unpaired').hidden = false;
    return undefined;
  }
  const offer = /** @type {Offer | undefined} */ (await sendMessage({ type: 'offer', tab: tab.id }));
  if (offer?.gone) offerGone(offer, tab, drawResult);
  if (offer?.captures?.length) return startCreate(offer, tab, all, to);
  byId('result').textContent = troubleWords(offer?.trouble) ?? getMessage('nothingHere');
  return undefined;
};
void start().finally(() => {
  document.body.dataset.ready = 'yes';
});
