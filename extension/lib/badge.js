// @ts-check
/** What does the toolbar button say? What is overdue, and what needs a hand. */
import { api, keep, pairing, recall, say } from './storage.js';
import { ask } from './api.js';
import { entries } from './outbox.js';

/** Brings the button up to date with what is known here. */
export const draw = async () => {
  const [to, summary, waiting] = [await pairing(), await recall('summary'), await entries()];
  const overdue = Number(summary?.overdue ?? 0);
  const trouble = Boolean(to?.refused) || waiting.some((entry) => entry.state === 'failed');
  await api.action.setBadgeText({ text: trouble ? '!' : overdue ? String(Math.min(overdue, 999)) : '' });
  await api.action.setBadgeBackgroundColor({ color: trouble ? '#8a5a00' : '#a3262a' });
  await api.action.setBadgeTextColor?.({ color: '#ffffff' });
  const facts = [to?.refused && say('pairAgain'), overdue && say('overdueCount', String(overdue)), waiting.length && say('waitingCount', String(waiting.length))];
  await api.action.setTitle({ title: [say('name'), facts.filter(Boolean).join(', ')].filter(Boolean).join(': ') });
};

/** Asks the server how much is overdue. An error changes nothing but what a refused token means. */
export const refresh = async () => {
  const to = await pairing();
  if (!to || to.refused) return draw();
  const known = await recall('summary');
  const answer = await ask(to, 'GET', '/summary', { tag: known?.tag, valid: (data) => Number.isInteger(data?.overdue) });
  if (answer.kind === 'done' && !answer.same) await keep({ summary: { overdue: answer.data.overdue, tag: answer.tag } });
  if (answer.kind === 'token') await keep({ pairing: { ...to, refused: answer.sentence } });
  return draw();
};
