// @ts-check
/** Text of the result of a capture, for the button and for the popup. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;

  /** What takes the capture of a result back, and says what became of it; nothing where nothing was made.
   * @type {Amends['takeBack']} */
  Amends.takeBack = ({ outcome, capture }, done) =>
    outcome === 'created' && capture
      ? () =>
          void Amends.ask?.({ type: 'takeBack', id: capture })
            .catch(() => ({ outcome: 'failed' }))
            .then(done)
      : undefined;

  const getMessage = (/** @type {string} */ key, /** @type {string[]} */ ...parts) => api.i18n.getMessage(key, parts);

  /** Why there is no picture, or not all of one. @type {Amends['pictureText']} */
  Amends.pictureText = (problem) => {
    switch (problem) {
      case undefined:
        return '';
      case 'not_allowed':
        return getMessage('withoutScreenshot');
      case 'in_background':
        return getMessage('pictureInBackground');
      case 'gone':
        return getMessage('pictureGone');
      case 'in_frame':
        return getMessage('pictureInFrame');
      case 'narrow':
        return getMessage('pictureNarrow');
      case 'cut':
        return getMessage('pictureCut');
      case 'no_room':
        return getMessage('pictureNoRoom');
      default:
        return getMessage('pictureFailed');
    }
  };

  /** @type {Amends['resultText']} */
  Amends.resultText = (result) => {
    const number = `#${result.number}`;
    const changes = result.change
      ?.map((change) => getMessage(`change_${change}`))
      .filter(Boolean)
      .join(', ');
    if (changes) {
      const words = getMessage(result.look ? 'lookedAgain' : 'existingChanged', number, changes);
      return { text: words, short: words, note: '', link: result.url };
    }
    const copies = result.copies?.map(({ number: other }) => `#${other}`).join(', ');
    const alike = copies ? getMessage('maybeSame', copies) : '';
    const note = [alike, Amends.pictureText(result.pictureProblem)].filter(Boolean).join(' ');
    switch (result.outcome) {
      case 'created':
        return { text: getMessage('created', number), short: number, note, link: result.url };
      case 'takenBack':
        return { text: getMessage('takenBack'), short: getMessage('takenBack'), note: '' };
      case 'existing':
        return { text: getMessage('existing', number), short: getMessage('existing', number), note, link: result.url };
      case 'queued':
        return { text: getMessage('queued'), short: getMessage('queued'), note: result.sentence ?? '' };
      case 'blocked':
        return { text: getMessage('blocked'), short: getMessage('blockedShort'), note: result.sentence ?? '' };
      case 'unpaired':
        return { text: getMessage('unpaired'), short: getMessage('unpairedShort'), note: getMessage('unpaired') };
      case 'full':
        return { text: getMessage('full'), short: getMessage('fullShort'), note: getMessage('full') };
      case 'notKept':
        return { text: getMessage('notKept'), short: getMessage('notKeptShort'), note: getMessage('notKept') };
      case 'unreadable':
        return {
          text: getMessage('unreadable'),
          short: result.sentence ?? getMessage('unreadable'),
          note: result.sentence ?? '',
        };
      case 'choose':
        return { text: getMessage('choose'), short: getMessage('choose'), note: '' };
      case 'refused':
        return { text: getMessage('tokenRefused'), short: getMessage('tokenRefused'), note: result.sentence ?? '' };
      default:
        return { text: getMessage('failed'), short: getMessage('failed'), note: result.sentence ?? '' };
    }
  };
})();
