'use strict';

// A function as authors write them, 5 KB: asks a service for envelopes, sorts and counts them, logs what it does, and returns
// a form or a step. It needs nothing but the language, console and fetch, so that a bare engine can run it too.

const KINDS = ['draft', 'sent', 'completed', 'declined', 'expired'];
const FIELDS = {
  envelope: { label: 'Envelope', required: true },
  reminder: { label: 'Remind after (days)', required: false },
  message: { label: 'Message to the signers', required: false },
};

class ServiceError extends Error {
  constructor(status, body) {
    super(`The service answered ${status}: ${body && body.message ? body.message : 'no reason given'}`);
    this.name = 'ServiceError';
    this.status = status;
  }
}

exports.handler = async ({ credential, identity, context, input, service }) => {
  console.log('build called for', identity.display_id, 'with', Object.keys(input || {}).length, 'answers');
  let envelopes;
  try {
    envelopes = await list(service, credential);
  } catch (problem) {
    console.error('the list of envelopes cannot be read:', problem.message);
    return answerTo(problem);
  }
  const counted = count(envelopes);
  console.log('found', envelopes.length, 'envelopes', JSON.stringify(counted));
  if (!input || !input.envelope) {
    return { output: { form: form(envelopes, input) } };
  }
  const chosen = envelopes.find((one) => one.id === input.envelope);
  if (!chosen) {
    return { error: { title: 'No such envelope', description: `${input.envelope} is not in the list any more.` } };
  }
  const step = stepOf(chosen, context, input);
  console.log('step made', step.title);
  return { output: { action: step, variables: variablesOf(chosen, counted) } };
};

async function list(service, credential) {
  const response = await fetch(`${service}/envelopes?status=any&limit=50`, {
    headers: { Authorization: `Bearer ${credential.oauth2.access_token}`, Accept: 'application/json' },
  });
  if (!response.ok) {
    throw new ServiceError(response.status, await response.json());
  }
  const { items } = await response.json();
  return items
    .filter((item) => KINDS.includes(item.status))
    .map((item, index) => ({ ...item, order: index, title: titleOf(item), due: dueOf(item) }))
    .sort((a, b) => a.title.localeCompare(b.title) || a.order - b.order);
}

function titleOf({ title, id }) {
  const text = (title || '').replace(/\s+/g, ' ').trim();
  return text === '' ? `Envelope ${id}` : text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function dueOf({ created, days }) {
  const date = new Date(created);
  if (Number.isNaN(date.getTime())) {
    return undefined;
  }
  date.setUTCDate(date.getUTCDate() + (days || 14));
  return date.toISOString().slice(0, 10);
}

function count(envelopes) {
  const counted = new Map(KINDS.map((kind) => [kind, 0]));
  for (const { status } of envelopes) {
    counted.set(status, counted.get(status) + 1);
  }
  return Object.fromEntries([...counted].filter(([, number]) => number > 0));
}

function form(envelopes, input) {
  const open = envelopes.filter(({ status }) => status === 'draft' || status === 'sent');
  const options = open.map(({ id, title, due }) => ({ value: id, label: due ? `${title} (due ${due})` : title }));
  const inputs = Object.entries(FIELDS).map(([key, { label, required }]) => {
    const known = input && input[key];
    switch (key) {
      case 'envelope':
        return { type: 'select', key, label, required, options, value: known };
      case 'reminder':
        return { type: 'number', key, label, required, min: 1, max: 90, value: known ?? 7 };
      default:
        return { type: 'text', key, label, required, multiline: true, value: known ?? '' };
    }
  });
  return { title: 'Which envelope?', inputs };
}

function stepOf(envelope, context, input) {
  const { action_key: key = 'sign', assignees = [] } = context;
  const people = assignees.map(({ name, email }) => `${name} <${email}>`).join('; ');
  const lines = [
    `Sign “${envelope.title}”`,
    people === '' ? 'Nobody is asked yet.' : `Asked: ${people}`,
    envelope.due ? `Due on ${envelope.due}` : 'Without a date',
    ...String(input.message || '').split('\n').filter(Boolean),
  ];
  return {
    title: lines[0],
    description: lines.slice(1).join('\n'),
    buttons: [
      { key: `${key}.open`, label: 'Open', style: 'primary' },
      { key: `${key}.decline`, label: 'Decline', style: 'secondary' },
    ],
    reminder: Math.min(90, Math.max(1, Number(input.reminder) || 7)),
  };
}

function variablesOf(envelope, counted) {
  const { id, title, status, due } = envelope;
  const open = (counted.draft || 0) + (counted.sent || 0);
  return [
    { name: 'envelope_id', value: id },
    { name: 'envelope_title', value: title },
    { name: 'envelope_status', value: status },
    { name: 'due_on', value: due || '' },
    { name: 'open_envelopes', value: String(open) },
  ];
}

function answerTo(problem) {
  if (problem instanceof ServiceError && problem.status === 401) {
    return { directive: { type: 'refresh_token' } };
  }
  const { message = 'unknown' } = problem;
  return { error: { title: 'The service cannot be reached', description: message } };
}
