// @ts-check
/** Loopback addresses: to them alone the extension speaks without encryption. */

/** As `URL.hostname` writes them: 127.0.0.0/8, ::1, and the names that mean them (RFC 6761). */
const LOOPBACK = /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is this very computer. @param {URL} url */
export const isLoopback = ({ hostname }) => LOOPBACK.test(hostname);

/** Whether what is sent there can be read by nobody on the way. @param {URL} url */
export const isPrivate = (url) => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
