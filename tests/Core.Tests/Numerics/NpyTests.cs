using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Store;

public sealed class NpyTests
{
    [Fact]
    public void Reads_what_NumPy_wrote()
    {
        var mean = TestFiles.Reference<float>("pca/mean.npy");
        Assert.Single(mean.Shape);
        Assert.Equal(mean.Shape[0], mean.Values.Length);
    }

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var array = Npy.Parse<Half>(Npy.ToBytes<Half>([(Half)1, (Half)2, (Half)3, (Half)4, (Half)5, (Half)6], 2, 3));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal((Half)6, array.Values[^1]);
    }

    [Fact]
    public void Header_ends_on_a_multiple_of_64_bytes() => Assert.Equal(0, Npy.Header<float>(1000, 256).Length % 64);

    [Fact]
    public void Refuses_a_file_that_was_cut_short()
    {
        var file = Npy.ToBytes<float>([1, 2, 3, 4], 4);
        var error = Assert.Throws<DamagedFileException>(() => Npy.Parse<float>(file.AsSpan(0, file.Length - 4)));
        Assert.Contains("cut short", error.Message);
    }
}
