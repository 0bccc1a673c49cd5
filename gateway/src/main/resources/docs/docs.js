// Shows the description of the chosen service. The browser's session signs the requests of the
// console; a bearer token can be given with Authorize instead.
const select = document.getElementById('service');
const message = document.getElementById('message');
const description = document.getElementById('description');
const openapi = document.getElementById('openapi');

const services = await (await fetch('/api/docs/services')).json();
for (const service of services) {
  select.add(new Option(service.name, service.name));
}
select.value = location.hash.slice(1) || services[0]?.name;
select.addEventListener('change', () => {
  location.hash = select.value;
});
window.addEventListener('hashchange', show);
await show();

async function show() {
  const service = services.find((each) => each.name === (location.hash.slice(1) || select.value));
  description.replaceChildren();
  message.hidden = true;
  if (!service) {
    return say('No service of this name is configured.');
  }
  select.value = service.name;
  openapi.href = service.openapi;
  const answer = await fetch(service.openapi);
  if (answer.status === 401) {
    return signIn(service);
  }
  if (!answer.ok) {
    return say(`The description of ${service.name} could not be read (${answer.status}). Try again in a moment.`);
  }
  const spec = await answer.json();
  spec.paths = Object.fromEntries(
    Object.entries(spec.paths).map(([path, item]) => [path.replace(/^\/api\/dead-letters/, service.deadLetters), item]),
  );
  SwaggerUIBundle({
    spec,
    domNode: description,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayOperationId: true,
    displayRequestDuration: true,
    validatorUrl: null,
    requestInterceptor(request) {
      request.headers['X-Plumbline'] = '1';
      return request;
    },
  });
}

function signIn(service) {
  say('Sign in to read the description: ');
  const link = document.createElement('a');
  link.href = `/oauth2/authorization/keycloak?return=${encodeURIComponent('/api/docs#' + service.name)}`;
  link.textContent = 'sign in';
  message.append(link);
}

function say(text) {
  message.textContent = text;
  message.hidden = false;
}
