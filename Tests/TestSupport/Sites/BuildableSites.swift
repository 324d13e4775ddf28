/// Sources that show images in the ways of a generator's usual themes, whole enough for the generator to build them. The text
/// of a picture is `x`.
extension GeneratorSite {
  package static let buildable: [GeneratorSite] = [
    .buildableAstro, .buildableDocusaurus, .buildableEleventy, .buildableHexo, .buildableZola,
  ]

  /// The ways in which a CommonMark post shows an image, of one file that its pages have at a URL.
  private static func body(_ url: String) -> String {
    """
    ![Alone](\(url))

    Text before ![inline](\(url) "A title") and behind.

    > - ![in a quote](\(url))
    >   *Its caption*

    1. ![in a list](\(url))
    2. [![in a link](\(url))](https://example.org/)

    | a | b |
    |---|---|
    | ![in a cell](\(url)) | text |

    ![By *reference*][tree]

    `![code](\(url))`

    [tree]: \(url)

    """
  }

  package static let buildableEleventy = GeneratorSite(
    name: "eleventy",
    files: [
      "package.json": #"{"type": "module", "private": true, "dependencies": {"@11ty/eleventy": "^3.1.6"}}"#,
      "eleventy.config.js": """
      import copies from './config/copies.js';
      const dirs = { input: 'src', output: '_site' };
      export default function (c) {
        c.addPlugin(copies);
        c.addPassthroughCopy(`${dirs.input}/posts/**/*.{png,jpg}`);
        return { dir: { input: dirs.input, output: dirs.output } };
      }
      """,
      "config/copies.js": "export default (c) => { c.addPassthroughCopy({ 'static/img': 'img' }); };\n",
      "static/img/tree.png": "x", "src/posts/walk/hill.png": "x",
      "src/_includes/post.njk": """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
      <style>main { max-width: 600px } img { max-width: 100%; height: auto }</style></head>
      <body><main>{{ content | safe }}</main></body></html>
      """,
      "src/posts/posts.json": #"{"layout": "post.njk"}"#,
      "src/posts/walk/index.md": "---\ntitle: A walk\n---\n![Beside](hill.png)\n\n"
        + body("/img/tree.png") + "\n<img src=\"/img/tree.png\" alt=\"raw\" width=\"120\">\n",
      "src/posts/short.md": "---\ntitle: Short\n---\n![Relative](../../img/tree.png)\n",
    ])

  package static let buildableHexo = GeneratorSite(
    name: "hexo",
    files: [
      "package.json": """
      {"private": true, "hexo": {"version": ""}, "dependencies": {"hexo": "^7.0.0", "hexo-renderer-marked": "^6.0.0",
      "hexo-renderer-ejs": "^2.0.0", "hexo-generator-index": "^3.0.0"}}
      """,
      "_config.yml": """
      title: Walks
      url: https://example.org/log
      root: /log/
      permalink: :year/:month/:day/:title/
      post_asset_folder: true
      theme: plain
      marked: {prependRoot: true, postAsset: true}
      """,
      "themes/plain/layout/post.ejs": page("<%- page.content %>"),
      "themes/plain/layout/index.ejs": page(
        "<% page.posts.each(function (post) { %><%- post.content %><% }) %>"),
      "source/images/tree.png": "x", "source/_posts/walk/hill.png": "x", "source/_posts/walk/lake.png": "x",
      "source/_posts/walk.md":
        "---\ntitle: A walk\ndate: 2024-01-02 09:00:00\n---\n![Alone](lake.png)\n\n![Beside](hill.png)\n\n"
        + body("/images/tree.png") + """

          <img src="/log/images/tree.png" alt="raw" width="120">

          {% asset_img hill.png A hill %}

          {% img /images/tree.png 100 60 "a tree" %}

          """,
    ])

  package static let buildableZola = GeneratorSite(
    name: "zola",
    files: [
      "config.toml": """
      base_url = "https://example.org/log"
      title = "Walks"
      generate_feeds = true
      [markdown]
      smart_punctuation = true
      [languages.ar]
      title = "Walks"
      """,
      "templates/index.html": page(
        "{% set s = get_section(path='posts/_index.md') %}{% for p in s.pages %}{{ p.content | safe }}{% endfor %}"
      ),
      "templates/section.html": page("{% for p in section.pages %}{{ p.content | safe }}{% endfor %}"),
      "templates/page.html": page("{{ page.content | safe }}"),
      "templates/shortcodes/resize_image.html":
        "{% set i = resize_image(path=path, width=90, op='fit_width') %}<img src=\"{{ i.url }}\" alt=\"\">",
      "content/_index.md": "+++\n+++\n", "content/_index.ar.md": "+++\n+++\n",
      "content/posts/_index.md": "+++\nsort_by = \"date\"\n+++\n", "content/posts/_index.ar.md": "+++\n+++\n",
      "static/img/tree.png": "x", "content/posts/walk/hill.png": "x",
      "content/posts/walk/index.md": "+++\ntitle = \"A walk\"\ndate = 2024-01-02\n+++\n"
        + "![The \"old\" hill -- it's steep...](hill.png)\n\n" + body("hill.png") + """

          <img src="/log/img/tree.png" alt="raw &quot;quoted&quot;" width="120">

          {{ resize_image(path="static/img/tree.png") }} {{ resize_image(path="@/posts/walk/hill.png") }}

          """,
      "content/posts/walk/index.ar.md":
        "+++\ntitle = \"A walk\"\ndate = 2024-01-02\npath = \"ar/way\"\n+++\n![A hill](hill.png)\n",
      "content/posts/short.md":
        "+++\ntitle = \"Short\"\ndate = 2024-01-03\n+++\n![Absolute](https://example.org/log/img/tree.png)\n",
    ])

  package static let buildableAstro = GeneratorSite(
    name: "astro",
    files: [
      "package.json":
        #"{"type": "module", "private": true, "dependencies": {"astro": "^5.0.0", "@astrojs/mdx": "^4.0.0"}}"#,
      "astro.config.mjs": """
      import mdx from '@astrojs/mdx';
      import { defineConfig } from 'astro/config';
      export default defineConfig({ site: 'https://example.org', integrations: [mdx()] });
      """,
      "src/content.config.ts": """
      import { defineCollection } from 'astro:content';
      import { glob } from 'astro/loaders';
      import { z } from 'astro/zod';
      const blog = defineCollection({
        loader: glob({ base: './src/content/blog', pattern: '**/*.{md,mdx}' }),
        schema: z.object({ title: z.string() }),
      });
      export const collections = { blog };
      """,
      "src/pages/blog/[...slug].astro": """
      ---
      import { getCollection, render } from 'astro:content';
      export async function getStaticPaths() {
        return (await getCollection('blog')).map((p) => ({ params: { slug: p.id }, props: p }));
      }
      const { Content } = await render(Astro.props);
      ---
      <html lang="en"><head><meta charset="utf-8"><title>{Astro.props.data.title}</title></head>
      <body><main><Content /></main></body></html>
      """,
      "public/img/tree.png": "x", "src/content/blog/walk/hill.png": "x",
      "src/content/blog/walk/index.md": "---\ntitle: A walk\n---\n![Beside](./hill.png)\n\n"
        + body("/img/tree.png") + "\n<img src=\"/img/tree.png\" alt=\"raw\" width=\"120\">\n",
      "src/content/blog/part.mdx": """
      ---
      title: Parts
      ---
      import { Image } from 'astro:assets';
      import hill from './walk/hill.png';

      <Image src={hill} alt="A hill" width={300} />

      ![Public](/img/tree.png)

      <img src="/img/tree.png" alt="JSX" />

      """,
    ])

  package static let buildableDocusaurus = GeneratorSite(
    name: "docusaurus",
    files: [
      "package.json": """
      {"private": true, "dependencies": {"@docusaurus/core": "3.10.2", "@docusaurus/preset-classic": "3.10.2",
      "react": "^19.0.0", "react-dom": "^19.0.0"}}
      """,
      "docusaurus.config.js": """
      module.exports = {
        title: 'Walks', url: 'https://example.org', baseUrl: '/', onBrokenLinks: 'ignore',
        presets: [['classic', { docs: false, blog: { onUntruncatedBlogPosts: 'ignore' } }]],
      };
      """,
      "static/img/tree.png": "x", "blog/hill.png": "x",
      "blog/2024-01-02-walk.md": """
      ---
      title: A walk
      ---
      ![Beside](./hill.png)

      ![From static](/img/tree.png)

      ![By reference][tree]

      <img src="/img/tree.png" alt="JSX" />

      [tree]: /img/tree.png

      """,
    ])

  /// Its sources are not read; its pages are.
  package static let buildableVitePress = GeneratorSite(
    name: "vitepress",
    files: [
      "package.json": #"{"private": true, "devDependencies": {"vitepress": "^1.6.4"}}"#,
      ".vitepress/config.mjs": "export default { title: 'Walks' }\n", "public/tree.png": "x",
      "index.md": "# Walks\n\n[A walk](/posts/walk)\n", "posts/hill.png": "x",
      "posts/walk.md": "# A walk\n\n![A hill](./hill.png)\n\n![A tree](/tree.png)\n",
    ])

  private static func page(_ content: String) -> String {
    """
    <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Walks</title>
    <style>main { max-width: 600px } img { max-width: 100%; height: auto }</style></head>
    <body><main>\(content)</main></body></html>
    """
  }
}
