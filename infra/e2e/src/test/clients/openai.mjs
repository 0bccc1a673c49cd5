import OpenAI from 'openai';
import { printCells } from './cells.mjs';

const client = new OpenAI({
  baseURL: process.env.BASE_URL,
  apiKey: process.env.API_KEY,
  maxRetries: 0,
});

const user = (content) => ({ role: 'user', content });

async function ask(request) {
  const answer = await client.chat.completions.create(request);
  return answer.choices[0].message.content;
}

await printCells({
  SYSTEM_MESSAGE: (model) =>
    ask({ model, messages: [{ role: 'system', content: 'Be brief.' }, user('Hello')] }),
  HISTORY: (model) =>
    ask({
      model,
      messages: [user('One'), { role: 'assistant', content: 'Two' }, user('Three')],
    }),
  STREAMING: async (model) => {
    const parts = [];
    const stream = await client.chat.completions.create({
      model,
      messages: [user('Hello')],
      stream: true,
    });
    for await (const chunk of stream) {
      const part = chunk.choices[0]?.delta?.content;
      if (part) {
        parts.push(part);
      }
    }
    return parts;
  },
  TOOLS: (model) =>
    client.chat.completions
      .runTools({
        model,
        messages: [user('Where is order 4711?')],
        tools: [
          {
            type: 'function',
            function: {
              name: 'find_order',
              description: 'By its number',
              parameters: { type: 'object', properties: { number: { type: 'integer' } } },
              parse: JSON.parse,
              function: () => 'in Leeds',
            },
          },
        ],
      })
      .finalContent(),
  STRUCTURED_OUTPUT: (model) =>
    ask({
      model,
      messages: [user('Where?')],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'place',
          schema: {
            type: 'object',
            additionalProperties: false,
            required: ['city'],
            properties: { city: { type: 'string' } },
          },
        },
      },
    }),
  IMAGES: (model) =>
    ask({
      model,
      messages: [
        user([
          { type: 'text', text: 'What is it?' },
          {
            type: 'image_url',
            image_url: { url: `data:image/png;base64,${process.env.PICTURE}` },
          },
        ]),
      ],
    }),
  SAMPLING: (model) => ask({ model, messages: [user('Hello')], temperature: 0.9 }),
});
