// @ts-check
/** Badge and title of the toolbar button: what is overdue, and what needs attention. */
import { api, setItems, getItem, getMessage } from './storage.js';
import { ask } from './api.js';
import { counts } from './outbox.js';
import { changePairing, pairings } from './pairings.js';
import { notifyOverdue } from './notifications.js';

/** Brings the button up to date with what is known here. */
export const draw = async () => {
  const [all, waiting] = [await pairings(), await counts()];
  const summaries = await Promise.all(all.map(({ key }) => getItem(`summary:${key}`)));
  const overdue = summaries.reduce((sum, summary) => sum + Number(summary?.overdue ?? 0), 0);
  const refused = all.some((pairing) => pairing.refused);
  const trouble = refused || waiting.failed > 0;
  await api.action.setBadgeText({ text: trouble ? '!' : overdue ? String(Math.min(overdue, 999)) : '' });
  await api.action.setBadgeBackgroundColor({ color: trouble ? '#8a5a00' : '#a3262a' });
  await api.action.setBadgeTextColor?.({ color: '#ffffff' });
  const facts = [
    refused && getMessage('pairAgain'),
    overdue && getMessage('overdueCount', String(overdue)),
    waiting.all && getMessage('waitingCount', String(waiting.all)),
  ];
  await api.action.setTitle({
    title: [getMessage('name'), facts.filter(Boolean).join(', ')].filter(Boolean).join(': '),
  });
};

/** Asks one server how much is overdue. An error changes nothing but what a refused token means. @param {Pairing} to */
const count = async (to) => {
  if (to.refused) return;
  const known = await getItem(`summary:${to.key}`);
  const answer = await ask(to, 'GET', '/summary', {
    tag: known?.tag,
    valid: (data) => Number.isInteger(data?.overdue),
  });
  if (answer.kind === 'done' && !answer.same) {
    const { overdue, url } = answer.data;
    await setItems({ [`summary:${to.key}`]: { overdue, tag: answer.tag } });
    if (known && overdue > known.overdue) await notifyOverdue(to, { overdue, url });
  }
  if (answer.kind === 'token') await changePairing(to.key, { refused: answer.sentence });
};

/** Asks every server how much is overdue. */
export const refresh = async () => {
  await Promise.all((await pairings()).map(count));
  return draw();
};
