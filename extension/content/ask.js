// @ts-check
/**
 * Messages to the worker, sent again where no answer comes: the browser may end the worker at any moment, and then
 * drops the message, or its answer. So each message must be safe to receive twice.
 */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const AGAIN = [100, 500, 2_000]; // milliseconds before each further attempt

  /**
   * Rejects where no attempt was answered, and at once where the extension was updated or removed.
   * @type {Amends['ask']}
   */
  Amends.ask = async (message) => {
    for (const wait of [...AGAIN, 0]) {
      try {
        return await api.runtime.sendMessage(message);
      } catch (error) {
        if (!wait || !api.runtime?.id) throw error;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
    }
    return undefined;
  };
})();
