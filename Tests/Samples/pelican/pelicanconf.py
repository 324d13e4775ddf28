SITENAME = 'Walks'
SITEURL = 'https://walks.example/log'
PATH = 'content'
THEME = 'theme'
TIMEZONE = 'UTC'
DEFAULT_LANG = 'en'
STATIC_PATHS = ['images']
ARTICLE_PATHS = ['articles']
ARTICLE_URL = '{date:%Y}/{slug}/'
ARTICLE_SAVE_AS = '{date:%Y}/{slug}/index.html'
PAGE_URL = '{slug}/'
PAGE_SAVE_AS = '{slug}/index.html'
AUTHOR_SAVE_AS = ''
CATEGORY_SAVE_AS = ''
TAG_SAVE_AS = ''
AUTHORS_SAVE_AS = ''
CATEGORIES_SAVE_AS = ''
TAGS_SAVE_AS = ''
ARCHIVES_SAVE_AS = ''
FEED_ALL_ATOM = 'feeds/all.atom.xml'
FEED_ALL_RSS = 'feeds/all.rss.xml'
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
RSS_FEED_SUMMARY_ONLY = False
SUMMARY_MAX_LENGTH = 25
DEFAULT_PAGINATION = 10
MARKDOWN = {
    'extension_configs': {'markdown.extensions.extra': {}, 'markdown.extensions.meta': {}},
    'output_format': 'html5',
}
