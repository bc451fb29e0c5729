import job from './job/schema.json';
import prompt from './prompt/schema.json';

/** What Strapi's own means should see; hidden from the Content Manager and the Content-Type Builder. */
export default { job: { schema: job }, prompt: { schema: prompt } };
