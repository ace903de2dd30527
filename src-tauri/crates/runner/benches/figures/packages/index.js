'use strict';

// A function as it stands in a zip: it asks a service with axios, groups with lodash, and counts days in another time zone
// with dayjs.

const axios = require('axios');
const _ = require('lodash');
const dayjs = require('dayjs');

dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/timezone'));

exports.handler = async ({ service }) => {
  const { data } = await axios.get(`${service}/envelopes`, { headers: { Accept: 'application/json' } });
  const kinds = _.mapValues(_.groupBy(data.items, 'kind'), (items) => _.sumBy(items, 'days'));
  const first = _.minBy(data.items, 'created');
  const at = dayjs(first.created).tz('America/New_York');
  return { output: { kinds, day: at.format('YYYY-MM-DD HH:mm Z') } };
};
