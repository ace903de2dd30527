'use strict';

// Build: ask the Creator what to send and who signs, then describe the step.
//
// The framework calls this function again and again, each time with everything the Creator has entered so far, merged
// by key, in `input`. The function keeps no state between the calls: it looks at what is there, and asks for what is
// missing. That also makes "back" work: a changed answer simply leads to other questions.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, context, input }) => {
  try {
    return await build(credential, context, input);
  } catch (problem) {
    return answerTo(problem, 'The templates could not be loaded');
  }
};

async function build(credential, context, input) {
  const people = choicesOf(context.assignees);
  if (people.length === 0) {
    return {
      error: {
        title: 'Nobody can sign',
        description: 'Add at least one assignee to the step, then set up the signature again.',
      },
    };
  }

  if (!input.template) {
    return { output: { form: await templateForm(credential) } };
  }

  const template = await findTemplate(credential, input.template);
  if (!template) {
    // It was deleted while the Creator was filling in the form: ask again instead of failing.
    return { output: { form: await templateForm(credential) } };
  }

  // The second form depends on the first: one question for each role of the chosen template.
  if (!template.roles.every((role) => input[signerKey(template, role)])) {
    return { output: { form: signersForm(template, people), no_more_forms: true } };
  }

  return { output: { action: actionOf(context, input, template) } };
}

async function templateForm(credential) {
  const { templates } = await call(credential, 'GET', '/esign/v1/templates');
  return [
    {
      type: 'heading',
      key: 'about_template',
      props: { title: 'Document', description: 'Choose what will be signed. The signers are asked for next.' },
    },
    {
      type: 'select',
      key: 'template',
      label: 'Template',
      tip: 'The templates of the account that you connected.',
      props: {
        options: templates.map(({ id, name, roles }) => ({
          label: `${name} (${roles.length === 1 ? '1 signer' : `${roles.length} signers`})`,
          value: id,
        })),
      },
    },
  ];
}

async function findTemplate(credential, id) {
  try {
    return await call(credential, 'GET', `/esign/v1/templates/${encodeURIComponent(id)}`);
  } catch (problem) {
    if (problem.status === 404) {
      return undefined;
    }
    throw problem;
  }
}

function signersForm(template, people) {
  return [
    {
      type: 'heading',
      key: 'about_signers',
      props: { title: template.name, description: template.description },
    },
    ...template.roles.map((role, index) => ({
      type: 'select',
      key: signerKey(template, role),
      label: `${role.name} signs`,
      // With as many people as roles, the obvious choice is filled in.
      default: people[index % people.length].value,
      props: { options: people },
    })),
    {
      type: 'select',
      key: 'order',
      label: 'Order',
      default: 'parallel',
      props: {
        options: [
          { label: 'All at once', value: 'parallel' },
          { label: 'One after the other', value: 'sequential' },
        ],
      },
    },
    {
      type: 'text',
      key: 'message',
      label: 'Message to the signers',
      required: false,
      placeholder: 'Please read and sign by Friday.',
    },
  ];
}

// The template is part of the key: the input keeps the answers of a template that the Creator chose first and gave up.
function signerKey(template, role) {
  return `signer_${template.id}_${role.id}`;
}

function actionOf(context, input, template) {
  return {
    title: context.title || template.name,
    ...(context.description ? { description: context.description } : {}),
    steps: template.roles.map((role, index) => ({
      assignee: assigneeOf(input[signerKey(template, role)]),
      order_number: input.order === 'sequential' ? index + 1 : 1,
      buttons: [
        {
          title: 'Sign',
          style: 'branding',
          // All that Action will know. Ids rather than copies: what they stand for may change until then.
          input: {
            template_id: template.id,
            role_id: role.id,
            signer: input[signerKey(template, role)],
            message: input.message || '',
          },
        },
      ],
    })),
  };
}

// Assignees are people, or, in a flow template, roles that become people later. A select has one string as its value,
// so the kind goes into it: "user:ID" or "role:ID".
function choicesOf(assignees = []) {
  return assignees.map(({ user, role }) =>
    user
      ? { label: user.email ? `${user.name} (${user.email})` : user.name, value: `user:${user.id}` }
      : { label: `Role ${role.id}`, value: `role:${role.id}` },
  );
}

function assigneeOf(value) {
  const separator = value.indexOf(':');
  return { [value.slice(0, separator)]: { id: value.slice(separator + 1) } };
}

// --- The service -----------------------------------------------------------------------------------------------------

class ServiceError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'ServiceError';
    this.status = status; // 0 = no answer
  }
}

// One request to the e-signature service. Returns the JSON of a 2xx answer; anything else throws a ServiceError.
async function call(credential, method, path, { body, headers } = {}) {
  let response;
  try {
    response = await fetch(SERVICE + path, {
      method,
      headers: {
        Authorization: `Bearer ${credential.oauth2.access_token}`,
        Accept: 'application/json',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (cause) {
    throw new ServiceError(0, `The e-signature service at ${SERVICE} cannot be reached (${cause.message}).`);
  }
  const text = await response.text();
  if (response.ok) {
    return text ? JSON.parse(text) : undefined;
  }
  if (response.status === 429) {
    const seconds = response.headers.get('retry-after') || '60';
    throw new ServiceError(429, `The e-signature service is busy. Try again in ${seconds} seconds.`);
  }
  throw new ServiceError(response.status, messageOf(text) || `The e-signature service answered ${response.status}.`);
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

// What a problem becomes. An expired token is no error: the framework gets a new one and calls this function again.
// What is not a ServiceError is a mistake in this file: thrown, so that it is recorded with its stack.
function answerTo(problem, title) {
  if (!(problem instanceof ServiceError)) {
    throw problem;
  }
  if (problem.status === 401) {
    return { directive: { type: 'refresh_token' } };
  }
  return { error: { title, description: problem.message } };
}
