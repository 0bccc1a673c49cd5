import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, NoObjectGeneratedError, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { printCells } from './cells.mjs';

const provider = createOpenAICompatible({
  name: 'plumbline',
  baseURL: process.env.BASE_URL,
  apiKey: process.env.API_KEY,
  supportsStructuredOutputs: true,
});

async function ask(model, request) {
  return (await generateText({ model: provider(model), maxRetries: 0, ...request })).text;
}

await printCells({
  SYSTEM_MESSAGE: (model) => ask(model, { system: 'Be brief.', prompt: 'Hello' }),
  HISTORY: (model) =>
    ask(model, {
      messages: [
        { role: 'user', content: 'One' },
        { role: 'assistant', content: 'Two' },
        { role: 'user', content: 'Three' },
      ],
    }),
  STREAMING: async (model) => {
    const parts = [];
    let failed;
    const { textStream } = streamText({
      model: provider(model),
      maxRetries: 0,
      prompt: 'Hello',
      onError: ({ error }) => {
        failed = error;
      },
    });
    for await (const part of textStream) {
      parts.push(part);
    }
    if (failed) {
      throw failed;
    }
    return parts;
  },
  TOOLS: (model) =>
    ask(model, {
      prompt: 'Where is order 4711?',
      stopWhen: stepCountIs(3),
      tools: {
        find_order: tool({
          description: 'By its number',
          inputSchema: z.object({ number: z.number().int() }),
          execute: async () => 'in Leeds',
        }),
      },
    }),
  STRUCTURED_OUTPUT: async (model) => {
    try {
      const { output } = await generateText({
        model: provider(model),
        maxRetries: 0,
        prompt: 'Where?',
        output: Output.object({ schema: z.object({ city: z.string() }) }),
      });
      return JSON.stringify(output);
    } catch (failure) {
      // The variant's own format took the place of the caller's.
      if (NoObjectGeneratedError.isInstance(failure)) {
        return failure.text;
      }
      throw failure;
    }
  },
  IMAGES: (model) =>
    ask(model, {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image', image: process.env.PICTURE, mediaType: 'image/png' },
          ],
        },
      ],
    }),
  SAMPLING: (model) => ask(model, { prompt: 'Hello', temperature: 0.9 }),
});
