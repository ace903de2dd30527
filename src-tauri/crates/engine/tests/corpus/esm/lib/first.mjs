globalThis.order.push('first');
