// @ts-check
/** What is a person told after a click? One wording for the chip in the page and for the popup. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;

  /** @type {Amends['words']} */
  Amends.words = (result) => {
    const number = `#${result.number}`;
    const say = (/** @type {string} */ key, /** @type {string[]} */ ...parts) => api.i18n.getMessage(key, parts);
    const changes = result.change
      ?.map((change) => say(`change_${change}`))
      .filter(Boolean)
      .join(', ');
    if (changes)
      return {
        text: say('lookedAgain', number, changes),
        short: say('lookedAgain', number, changes),
        note: '',
        link: result.url,
      };
    const note = result.screenshot === false ? say('withoutScreenshot') : '';
    switch (result.outcome) {
      case 'created':
        return { text: say('created', number), short: number, note, link: result.url };
      case 'existing':
        return { text: say('existing', number), short: say('existing', number), note, link: result.url };
      case 'queued':
        return { text: say('queued'), short: say('queued'), note: result.sentence ?? '' };
      case 'unpaired':
        return { text: say('unpaired'), short: say('unpairedShort'), note: say('unpaired') };
      case 'full':
        return { text: say('full'), short: say('fullShort'), note: say('full') };
      case 'unreadable':
        return { text: say('unreadable'), short: say('unreadable'), note: '' };
      case 'refused':
        return { text: say('tokenRefused'), short: say('tokenRefused'), note: result.sentence ?? '' };
      default:
        return { text: say('failed'), short: say('failed'), note: result.sentence ?? '' };
    }
  };
})();
