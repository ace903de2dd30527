const { XMLParser, XMLBuilder, XMLValidator } = require('fast-xml-parser');

module.exports = async () => {
  const xml = '<?xml version="1.0"?><root a="1" b="x &amp; y"><item id="1">één</item><item id="2"><![CDATA[<raw>]]></item><n>007</n><f>1.50</f><t>true</t><empty/><ns:el xmlns:ns="u">&#228;</ns:el><!-- c --></root>';
  const options = { ignoreAttributes: false, attributeNamePrefix: '@', cdataPropName: '#cdata', isArray: (name) => name === 'n' };
  const parsed = new XMLParser(options).parse(xml);
  return {
    parsed,
    plain: new XMLParser().parse(xml),
    ordered: new XMLParser({ preserveOrder: true }).parse('<a>x<b/>y</a>'),
    built: new XMLBuilder({ ...options, format: true }).build({ root: { '@id': 5, list: [1, 2], text: '<&>', none: null } }),
    valid: [XMLValidator.validate(xml), XMLValidator.validate('<a><b></a>')],
    error: (() => { try { return new XMLParser().parse('<a>', true); } catch (error) { return [error.name, error.message]; } })(),
  };
};
