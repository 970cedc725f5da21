using OrleansAtlas.Images;

namespace OrleansAtlas.Tests;

public sealed class VipsLibraryTests
{
    [Fact]
    public void Finds_everything_in_the_libvips_of_this_machine()
    {
        Assert.True(VipsLibrary.TryLoad(out var reason), reason);
        Assert.Null(reason);
    }

    [Fact]
    public void Says_in_one_sentence_what_a_libvips_lacks_and_how_to_get_it()
    {
        var reason = VipsNeeds.Missing("libvips 8.99.0", operation => operation is not ("ppmload_source" or "webpsave"));
        Assert.Equal(
            "The picture library libvips 8.99.0 on this machine lacks ppmload_source, webpsave: "
                + "install Debian's, which has all of it, with 'apt-get install libvips42'.",
            reason
        );
    }

    [Fact]
    public void Lacks_nothing_where_every_operation_is_there() => Assert.Null(VipsNeeds.Missing("libvips 8.99.0", _ => true));

    [Fact]
    public void Starts_without_what_reads_HEIC() =>
        Assert.Null(VipsNeeds.Missing("libvips 8.99.0", operation => !operation.StartsWith("heif")));
}
