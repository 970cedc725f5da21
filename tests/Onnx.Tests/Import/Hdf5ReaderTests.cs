using OrleansAtlas.Onnx.Import;

namespace OrleansAtlas.Tests.Import;

public sealed class Hdf5ReaderTests
{
    [Fact]
    public void Reads_names_and_arrays_of_a_Keras_weights_file()
    {
        var file = Open();
        var layers = file.Strings("", "layer_names");
        Assert.Contains("block1_conv1", layers);
        Assert.Equal("block1_conv1", layers.First(layer => layer.Contains("conv")));
        Assert.Equal(["block1_conv1/kernel:0"], file.Strings("block1_conv1", "weight_names"));
        var (values, shape) = file.Floats("block1_conv1/block1_conv1/kernel:0");
        Assert.Equal([3, 3, 3, 32], shape);
        Assert.Equal(3 * 3 * 3 * 32, values.Length);
        Assert.All(values, value => Assert.InRange(value, -10, 10));
        Assert.NotEqual(0, values.Sum(Math.Abs));
    }

    [Fact]
    public void Names_what_is_not_there()
    {
        var file = Open();
        Assert.Contains("'block99' is not there", Assert.Throws<InvalidDataException>(() => file.Floats("block99/kernel:0")).Message);
        Assert.Contains("'colours'", Assert.Throws<InvalidDataException>(() => file.Strings("", "colours")).Message);
        Assert.Contains("is no dataset", Assert.Throws<InvalidDataException>(() => file.Floats("block1_conv1")).Message);
    }

    [Fact]
    public void Refuses_what_is_not_HDF5_or_not_whole()
    {
        Assert.Contains("Not an HDF5 file", Assert.Throws<InvalidDataException>(() => new Hdf5Reader("hello, this is text"u8.ToArray())).Message);
        var part = Bytes().AsMemory(0, 1 << 12);
        var error = Assert.Throws<InvalidDataException>(() => new KerasWeights(new Hdf5Reader(part)).Get("block14_sepconv2", "depthwise_kernel", 3, 3, 1536, 1));
        Assert.Contains("fetch it again", error.Message);
    }

    [Fact]
    public void Any_damaged_header_ends_in_a_sentence()
    {
        var bytes = Bytes().AsSpan(0, 1 << 16).ToArray();
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var i = 0; i < 20; i++)
            {
                damaged[random.Next(4096)] = (byte)random.Next(256);
            }

            try
            {
                _ = new KerasWeights(new Hdf5Reader(damaged)).Get("block1_conv1", "kernel", 3, 3, 3, 32);
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("file", e.Message);
            }
        }
    }

    private static byte[] Bytes() => File.ReadAllBytes(TestFiles.Shared("models", "xception_random_keras.h5"));

    private static Hdf5Reader Open() => new(Bytes());
}
