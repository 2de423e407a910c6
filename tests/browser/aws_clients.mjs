// AWS's own client for JavaScript, as it comes, against our forms and our object store: what it
// sends of itself today (checksums, chunks of its own) has to be taken and compared.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { Agent } from "node:http";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";

import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";

import { House } from "./house.mjs";
import { formsKey, post, presign } from "./photo_forms.mjs";

const bucket = "jada-photos";
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(300000, "jpeg")]);

describe("AWS's client for JavaScript", () => {
  let house, trip, owners;

  // Names under localhost are this machine; not every resolver knows it.
  const lookup = (_, options, done) =>
    options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
  const client = (credentials) =>
    new S3Client({
      endpoint: house.url("guest.jada", "/o"),
      region: "us-east-1",
      forcePathStyle: true,
      maxAttempts: 1,
      credentials,
      requestHandler: { httpAgent: new Agent({ lookup }) },
    });
  const refusal = async (sent) => {
    const error = await sent.then(() => assert.fail("it was taken"), (error) => error);
    return `${error.$metadata?.httpStatusCode} ${error.name}`;
  };
  const put = (key, body, more = {}) =>
    owners.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...more }));
  const stored = async (key) => {
    const got = await owners.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { ...got, bytes: Buffer.from(await got.Body.transformToByteArray()) };
  };

  before(async () => {
    house = await House.open();
    trip = await house.book();
    const key = await house.ask("GET", "/photos/key");
    owners = client({ accessKeyId: key.access_key_id, secretAccessKey: key.secret_access_key });
  });
  after(() => house?.close());

  it("posts the fields that we gave", async () => {
    const form = await presign(trip, { filename: "a.jpg", type: "image/jpeg", size: picture.length });
    assert.equal((await post(house, form, picture)).status, 204);
    const { photos } = await house.ask("GET", `/charters/${trip.charter}/photos`);
    const photo = photos.find(({ id }) => form.key.includes(id));
    assert.deepEqual([photo.state, photo.bytes], ["received", picture.length]);
    assert.ok((await stored(form.key)).bytes.equals(picture));
  });

  it("signs a policy with the day's key as we do", async () => {
    const [accessKeyId, secretAccessKey] = formsKey(house);
    const { fields, key } = await presign(trip, { filename: "a.jpg", type: "image/jpeg", size: 4 });
    const store = client({ accessKeyId, secretAccessKey });
    const theirs = await createPresignedPost(store, { Bucket: bucket, Key: key, Expires: 60 });
    const signed = (policy, credential) => {
      const [, ...scope] = credential.split("/");
      const sign = (key, text) => createHmac("sha256", key).update(text).digest();
      return sign(scope.reduce(sign, `AWS4${secretAccessKey}`), policy).toString("hex");
    };
    // The check of the check: theirs over their policy, ours over ours, by one derivation.
    assert.equal(signed(theirs.fields.Policy, theirs.fields["X-Amz-Credential"]),
      theirs.fields["X-Amz-Signature"]);
    assert.equal(signed(fields.policy, fields["x-amz-credential"]), fields["x-amz-signature"]);
  });

  it("makes a form with our key that our store takes", async () => {
    const [accessKeyId, secretAccessKey] = formsKey(house);
    const { key } = await presign(trip, { filename: "a.jpg", type: "image/jpeg", size: 4 });
    const form = await createPresignedPost(client({ accessKeyId, secretAccessKey }), {
      Bucket: bucket,
      Key: key,
      Conditions: [["content-length-range", 1, 4], ["starts-with", "$Content-Type", "image/"]],
      Fields: { "Content-Type": "image/jpeg", success_action_status: "201" },
      Expires: 60,
    });
    assert.equal(form.url, house.url("guest.jada", `/o/${bucket}`));
    const answer = await post(house, form, "four");
    assert.equal(answer.status, 201, answer.text);
    assert.match(answer.text, /<PostResponse><Location>.*<ETag>&quot;\w+&quot;<\/ETag>/);
  });

  for (const [how, body, more] of [
    ["whole", picture, {}],
    ["empty", Buffer.alloc(0), {}],
    ["as a stream of known length", () => Readable.from([picture.subarray(0, 70000),
      picture.subarray(70000)]), { ContentLength: picture.length }],
    ["with a SHA-256", picture, { ChecksumAlgorithm: "SHA256" }],
    ["as a stream with a SHA-256", () => Readable.from([picture]),
      { ContentLength: picture.length, ChecksumAlgorithm: "SHA256" }],
  ])
    it(`puts, heads, gets and deletes an object ${how}`, async () => {
      const key = `album/${how}.jpg`;
      const bytes = typeof body === "function" ? picture : body;
      const sent = await put(key, typeof body === "function" ? body() : body,
        { ContentType: "image/jpeg", ...more });
      const head = await owners.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const got = await stored(key);
      assert.ok(got.bytes.equals(bytes));
      for (const facts of [head, got]) {
        assert.equal(facts.ETag, sent.ETag);
        assert.equal(facts.ContentType, "image/jpeg");
        assert.equal(facts.ContentLength, bytes.length);
      }
      await owners.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      assert.equal(await refusal(stored(key)), "404 NoSuchKey");
    });

  it("is told when the bytes are not those of the checksum, and nothing is kept", async () => {
    const none = "AAAAAA==";
    const cases = [
      ["400 BadDigest", picture, { ChecksumCRC32: none }],
      ["400 BadDigest", picture, { ChecksumSHA256: "A".repeat(43) + "=" }],
      ["501 NotImplemented", picture, { ChecksumAlgorithm: "CRC32C" }],
      ["501 NotImplemented", picture, { ChecksumAlgorithm: "SHA1" }],
    ];
    for (const [said, body, more] of cases) {
      assert.equal(await refusal(put("album/wrong.jpg", body, more)), said, JSON.stringify(more));
      assert.equal(await refusal(stored("album/wrong.jpg")), "404 NoSuchKey");
    }
  });

  it("is told who it is not", async () => {
    const [accessKeyId, secretAccessKey] = formsKey(house);
    const strangers = [
      ["403 InvalidAccessKeyId", { accessKeyId: "FAIRLEADXXXXXXXX", secretAccessKey }],
      ["403 InvalidAccessKeyId", { accessKeyId, secretAccessKey }],
      ["403 SignatureDoesNotMatch",
        { ...(await owners.config.credentials()), secretAccessKey: "other" }],
    ];
    for (const [said, credentials] of strangers)
      assert.equal(await refusal(client(credentials).send(
        new PutObjectCommand({ Bucket: bucket, Key: "album/a.jpg", Body: picture }))), said);
  });
});
