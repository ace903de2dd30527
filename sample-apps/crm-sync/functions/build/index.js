'use strict';

// Build: ask the Creator for a pipeline of the CRM, for the fields of it that will be filled, and for what goes into them.
//
// Each form depends on the one before: a pipeline has stages and fields of its own. The framework calls this function
// with everything entered so far, merged by key, and the function asks for the first thing that is missing.
//
// Mind that an `error` of Build is not shown to the Creator of an automation. What the Creator can put right is therefore
// said in the form itself; an `error` is left for what only the author can do something about.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, input }) => {
  try {
    return await build(credential, input);
  } catch (problem) {
    if (!(problem instanceof ServiceError)) {
      // A mistake in this file: thrown, so that it is recorded with its stack.
      throw problem;
    }
    if (problem.status === 401) {
      // An expired token is no error: the framework gets a new one and calls this function again.
      return { directive: { type: 'refresh_token' } };
    }
    return { error: { title: 'The pipelines could not be loaded', description: problem.message } };
  }
};

async function build(credential, input) {
  const pipeline = input.pipeline ? await findPipeline(credential, input.pipeline) : undefined;
  if (!pipeline) {
    // Not chosen yet, or deleted in the CRM since.
    return { output: { form: await pipelineForm(credential) } };
  }
  if (!input[keyOf(pipeline, 'stage')]) {
    return { output: { form: mappingForm(pipeline) } };
  }
  const filled = filledFields(pipeline, input);
  const asked = ['contact_email', 'contact_name', 'deal_name', ...filled.map(({ name }) => keyOf(pipeline, name))];
  const wrong = wrongIn(pipeline, filled, input);
  if (wrong || !asked.every((key) => hasValue(input[key]))) {
    return { output: { form: valuesForm(pipeline, filled, wrong), no_more_forms: true } };
  }
  return {
    output: {
      automation: { description: `Adds "${input.deal_name}" to "${pipeline.name}" in the CRM.` },
      // What later steps of the flow can use. Action provides exactly these.
      variables: [
        { key: 'deal_id', label: 'Deal id', type: 'string' },
        { key: 'deal_url', label: 'Link to the deal', type: 'string' },
        { key: 'contact_id', label: 'Contact id', type: 'string' },
        { key: 'deal_summary', label: 'Summary of the deal (PDF)', type: 'file' },
      ],
    },
  };
}

// --- Forms -----------------------------------------------------------------------------------------------------------

async function pipelineForm(credential) {
  const { pipelines } = await call(credential, 'GET', '/crm/v1/pipelines');
  return [
    {
      type: 'heading',
      key: 'about_pipeline',
      props: {
        title: 'Pipeline',
        description: pipelines.map(({ name, description }) => `${name}: ${description}`).join('\n'),
      },
    },
    {
      type: 'select',
      key: 'pipeline',
      label: 'Pipeline',
      tip: 'The pipelines of the account that you connected.',
      props: { options: pipelines.map(({ id, name }) => ({ label: name, value: id })) },
    },
  ];
}

function mappingForm(pipeline) {
  const optional = pipeline.fields.filter(({ required }) => !required);
  return [
    { type: 'heading', key: 'about_mapping', props: { title: pipeline.name, description: pipeline.description } },
    {
      type: 'select',
      key: keyOf(pipeline, 'stage'),
      label: 'Stage',
      default: pipeline.stages[0].value,
      props: { options: pipeline.stages },
    },
    // A select without options would be a dead end, so without optional fields it is not asked at all.
    ...(optional.length > 0
      ? [
          {
            type: 'multi-select',
            key: keyOf(pipeline, 'fields'),
            label: 'Fields to fill',
            tip: `Beside those that are required: ${requiredLabels(pipeline)}.`,
            required: false,
            props: { options: optional.map(({ name, label }) => ({ label, value: name })) },
          },
        ]
      : []),
  ];
}

function valuesForm(pipeline, filled, wrong) {
  return [
    {
      type: 'heading',
      key: 'about_values',
      props: wrong
        ? { title: 'Please check', description: wrong }
        : { title: 'Contact and deal', description: 'A contact with this address is updated, or added if there is none.' },
    },
    { type: 'string', key: 'contact_email', label: 'E-mail of the contact', placeholder: 'name@example.test' },
    { type: 'string', key: 'contact_name', label: 'Name of the contact' },
    { type: 'string', key: 'contact_company', label: 'Company', required: false },
    { type: 'string', key: 'deal_name', label: 'Name of the deal' },
    ...filled.map((field) => inputFor(pipeline, field)),
    {
      type: 'select',
      key: 'persistence',
      label: 'When the CRM is busy',
      default: 'patient',
      props: {
        options: [
          { label: 'Try three times within seconds', value: 'quick' },
          { label: 'Try for about two hours, less and less often', value: 'patient' },
        ],
      },
    },
  ];
}

// How the CRM calls a kind of field → how the framework calls the input for it.
const INPUT_TYPES = {
  text: 'string',
  long_text: 'text',
  number: 'number',
  date: 'date',
  choice: 'select',
  choices: 'multi-select',
};

// Optional in the CRM or not: a field that the Creator chose to fill is required here.
function inputFor(pipeline, { name, label, type, options }) {
  return {
    // The CRM may learn new kinds of fields: a line of text is better than none.
    type: INPUT_TYPES[type] || 'string',
    key: keyOf(pipeline, name),
    label,
    ...(options ? { props: { options } } : {}),
  };
}

// The pipeline is part of the key: the input keeps the answers to a pipeline that was chosen first and given up.
function keyOf(pipeline, name) {
  return `${pipeline.id}.${name}`;
}

function filledFields(pipeline, input) {
  const chosen = input[keyOf(pipeline, 'fields')] || [];
  return pipeline.fields.filter(({ name, required }) => required || chosen.includes(name));
}

function requiredLabels(pipeline) {
  const labels = pipeline.fields.filter(({ required }) => required).map(({ label }) => label);
  return labels.join(', ') || 'none';
}

function hasValue(value) {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

// What no type of input can check. Better told now than by a step that fails next week.
function wrongIn(pipeline, filled, input) {
  if (hasValue(input.contact_email) && !/^\S+@\S+$/.test(input.contact_email.trim())) {
    return `"${input.contact_email}" is not an e-mail address.`;
  }
  for (const { name, label, type } of filled) {
    const value = input[keyOf(pipeline, name)];
    // The value of a number input is a string.
    if (type === 'number' && hasValue(value) && !(Number(value) >= 0)) {
      return `"${label}" takes a number that is not negative, not ${value}.`;
    }
  }
  return undefined;
}

async function findPipeline(credential, id) {
  try {
    return await call(credential, 'GET', `/crm/v1/pipelines/${encodeURIComponent(id)}`);
  } catch (problem) {
    if (problem.status === 404) {
      return undefined;
    }
    throw problem;
  }
}

// --- The service -----------------------------------------------------------------------------------------------------

class ServiceError extends Error {
  constructor(status, message, retryAfter) {
    super(message);
    this.name = 'ServiceError';
    this.status = status; // 0 = no answer
    this.retryAfter = retryAfter; // seconds, if the service said
  }
}

// One request to the CRM. Returns the JSON of a 2xx answer; anything else throws a ServiceError.
async function call(credential, method, path, body) {
  let response;
  let text;
  try {
    response = await fetch(SERVICE + path, {
      method,
      headers: {
        Authorization: `Bearer ${credential.oauth2.access_token}`,
        Accept: 'application/json',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
      // A service that takes a request and never answers would otherwise use up all the time that this function has.
      signal: AbortSignal.timeout(20_000),
    });
    text = await response.text();
  } catch (cause) {
    throw new ServiceError(0, `The CRM at ${SERVICE} cannot be reached (${cause.message}).`);
  }
  if (response.ok) {
    return text ? JSON.parse(text) : undefined;
  }
  const message = messageOf(text) || `The CRM answered ${response.status}.`;
  throw new ServiceError(response.status, message, retryAfterOf(response.headers));
}

// Retry-After is a number of seconds or a point in time (RFC 9110, 10.2.3). The point is compared with the service's own
// clock, its Date header: the two clocks may be far apart.
function retryAfterOf(headers) {
  const value = headers.get('retry-after');
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - (Date.parse(headers.get('date')) || Date.now())) / 1000;
  return seconds >= 0 ? Math.ceil(seconds) : undefined;
}

// Errors of the service are {"error": {"message", "fields"?: [{"field", "message"}]}}. A proxy in between may answer
// with a page of HTML instead, so never rely on the body of an error.
function messageOf(text) {
  try {
    const { message, fields = [] } = JSON.parse(text).error;
    return fields.length > 1 ? fields.map(({ field, message }) => `${field} ${message}`).join('; ') : message;
  } catch {
    return undefined;
  }
}
