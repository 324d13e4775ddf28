#include <vips/vips.h>
#ifdef __GLIBC__
// mallopt, which Swift's Glibc module leaves out.
#include <malloc.h>
#endif
