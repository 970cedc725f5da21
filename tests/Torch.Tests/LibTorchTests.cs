using OrleansAtlas.Torch;

namespace OrleansAtlas.Tests;

public sealed class LibTorchTests
{
    [Fact]
    public void Is_found_where_it_is() => Assert.True(Directory.Exists(TorchFixture.Found.Folder));

    [Fact]
    public void A_version_is_marked_as_one_that_may_be_missing()
    {
        var library = File.ReadAllBytes(TorchFixture.Binding);
        var before = (byte[])library.Clone();
        Assert.True(ElfVersions.Weaken(library, "GLIBCXX_3.4.32"));
        var changed = Enumerable.Range(0, library.Length).Where(i => library[i] != before[i]).ToList();
        Assert.Equal(2, library[Assert.Single(changed)]);
    }

    [Fact]
    public void A_version_that_is_not_asked_for_changes_nothing()
    {
        var library = File.ReadAllBytes(TorchFixture.Binding);
        var before = (byte[])library.Clone();
        Assert.False(ElfVersions.Weaken(library, "GLIBCXX_9.9"));
        Assert.Equal(before, library);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(70)]
    [InlineData(100_000)]
    public void A_library_that_breaks_off_is_refused(int length)
    {
        var library = File.ReadAllBytes(TorchFixture.Binding)[..length];
        Assert.Throws<InvalidDataException>(() => ElfVersions.Weaken(library, "GLIBCXX_3.4.32"));
    }
}
