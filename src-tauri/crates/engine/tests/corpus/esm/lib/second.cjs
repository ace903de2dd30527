globalThis.order.push('second');
