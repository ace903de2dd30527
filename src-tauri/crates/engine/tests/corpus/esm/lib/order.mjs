import './first.mjs';
import './second.cjs';
import './third.mjs';
globalThis.order.push('last');
