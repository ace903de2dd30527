'use strict';

// Identity: whose credential is this?
//
// The framework calls this once, right after the authorization. It saves the credential under `unique_id`, so the id has
// to stay the same for as long as the account exists: use the provider's subject, never an e-mail address or a name,
// which people change. `display_id` is what the Creator reads in the list of accounts.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential }) => {
  let response;
  try {
    response = await fetch(`${SERVICE}/oauth2/userinfo`, {
      headers: { Authorization: `Bearer ${credential.oauth2.access_token}`, Accept: 'application/json' },
    });
  } catch (cause) {
    // fetch rejects only when no answer came at all.
    return failure(`The sign-in service at ${SERVICE} cannot be reached (${cause.message}).`);
  }
  if (!response.ok) {
    return failure(`The sign-in service answered ${response.status}. Connect the account again.`);
  }
  const { sub, name, email } = await response.json();
  return {
    output: {
      unique_id: sub,
      display_id: name && email ? `${name} (${email})` : email || name || sub,
    },
  };
};

function failure(description) {
  return { error: { title: 'The account could not be identified', description } };
}
