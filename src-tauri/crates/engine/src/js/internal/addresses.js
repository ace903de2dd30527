// What the net module knows of addresses without touching the network.
export default function (exports, require) {
  const { coded, typeError } = require('internal/errors');
  const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
  const isIPv4 = (text) => v4.test(`${text}`);
  const isIPv6 = (text) => `${text}`.includes(':') && require('internal/url').URL.canParse(`http://[${`${text}`.replace(/%.*$/, '')}]`);
  let select = true;
  let attempt = 250;

  // An address as a number; IPv4 addresses as IPv6 ones that hold them.
  function number(address) {
    if (isIPv4(address)) return BigInt(address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)) + 0xffff00000000n;
    let text = address.replace(/%.*$/, '');
    const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
    if (embedded !== null) {
      const parts = embedded[2].split('.').map(Number);
      text = `${embedded[1]}${(parts[0] * 256 + parts[1]).toString(16)}:${(parts[2] * 256 + parts[3]).toString(16)}`;
    }
    const [head, tail] = text.split('::');
    const groups = (part) => (part === undefined || part === '' ? [] : part.split(':'));
    const before = groups(head);
    const after = groups(tail);
    const all = tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
    return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
  }

  const check = (address, family) => {
    if (address instanceof SocketAddress) return address;
    if (typeof address !== 'string') throw typeError('address', 'of type string', address);
    return new SocketAddress({ address, family });
  };

  class SocketAddress {
    #of;
    constructor(options = {}) {
      const { family = 'ipv4', address = family === 'ipv6' ? '::' : '127.0.0.1', port = 0, flowlabel = 0 } = options;
      if (!/^ipv[46]$/i.test(family)) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.family' is invalid. Received '${family}'`);
      if (!(family.toLowerCase() === 'ipv4' ? isIPv4 : isIPv6)(address)) throw coded(Error, 'ERR_INVALID_ADDRESS', 'Invalid address');
      this.#of = { address, port, family: family.toLowerCase(), flowlabel };
    }
    static isSocketAddress(value) {
      return value !== null && typeof value === 'object' && #of in value;
    }
    get address() {
      return this.#of.address;
    }
    get port() {
      return this.#of.port;
    }
    get family() {
      return this.#of.family;
    }
    get flowlabel() {
      return this.#of.flowlabel;
    }
    toJSON() {
      return { ...this.#of };
    }
  }

  class BlockList {
    #rules = [];
    static isBlockList(value) {
      return value !== null && typeof value === 'object' && #rules in value;
    }
    #add(from, to, text) {
      this.#rules.unshift({ from, to, text });
    }
    addAddress(address, family = 'ipv4') {
      const one = check(address, family);
      const at = number(one.address);
      this.#add(at, at, `Address: ${name(one.family)} ${one.address}`);
    }
    addRange(start, end, family = 'ipv4') {
      const [one, other] = [check(start, family), check(end, family)];
      if (number(one.address) > number(other.address)) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'start' must come before end. Received ${require('internal/inspect').inspect(start)}`);
      this.#add(number(one.address), number(other.address), `Range: ${name(one.family)} ${one.address}-${other.address}`);
    }
    addSubnet(network, prefix, family = 'ipv4') {
      const one = check(network, family);
      const bits = one.family === 'ipv4' ? 32 : 128;
      if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) throw require('internal/errors').rangeError('prefix', `>= 0 && <= ${bits}`, prefix);
      const span = (1n << BigInt(bits - prefix)) - 1n;
      const from = number(one.address) & ~span;
      this.#add(from, from + span, `Subnet: ${name(one.family)} ${one.address}/${prefix}`);
    }
    check(address, family = 'ipv4') {
      let at;
      try {
        at = number(check(address, family).address);
      } catch (error) {
        if (error.code === 'ERR_INVALID_ADDRESS') return false;
        throw error;
      }
      return this.#rules.some(({ from, to }) => at >= from && at <= to);
    }
    get rules() {
      return this.#rules.map(({ text }) => text);
    }
  }
  const name = (family) => (family === 'ipv4' ? 'IPv4' : 'IPv6');

  Object.assign(exports, {
    isIPv4,
    isIPv6,
    isIP: (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0),
    SocketAddress,
    BlockList,
    getDefaultAutoSelectFamily: () => select,
    setDefaultAutoSelectFamily(value) {
      if (typeof value !== 'boolean') throw typeError('value', 'of type boolean', value);
      select = value;
    },
    getDefaultAutoSelectFamilyAttemptTimeout: () => attempt,
    setDefaultAutoSelectFamilyAttemptTimeout(value) {
      attempt = Math.max(10, value);
    },
  });
}
