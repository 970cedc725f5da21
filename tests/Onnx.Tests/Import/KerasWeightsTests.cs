using OrleansAtlas.Errors;
using OrleansAtlas.Onnx.Import;

namespace OrleansAtlas.Tests.Import;

public sealed class KerasWeightsTests
{
    [Fact]
    public void Reads_names_and_arrays_of_a_Keras_weights_file()
    {
        var weights = new KerasWeights(Bytes());
        Assert.Equal(132, weights.Layers.Length);
        Assert.Equal("block1_conv1", weights.Layers.First(layer => layer.Contains("conv")));
        var values = weights.Get("block1_conv1", "kernel", 3, 3, 3, 32);
        Assert.Equal(3 * 3 * 3 * 32, values.Length);
        Assert.All(values, value => Assert.InRange(value, -10, 10));
        Assert.NotEqual(0, values.Sum(Math.Abs));
    }

    [Fact]
    public void Names_what_is_not_there()
    {
        var weights = new KerasWeights(Bytes());
        Refused(() => weights.Get("block99", "kernel", 3), "no layer 'block99'");
        Refused(() => weights.Get("block1_conv1", "colours", 3), "'block1_conv1' of the weights file has no 'colours'");
        Refused(() => weights.Get("block1_conv1", "kernel", 3, 3, 3, 64), "is [3, 3, 3, 32], expected [3, 3, 3, 64]");
    }

    [Fact]
    public void Refuses_what_is_not_HDF5_or_not_whole()
    {
        Refused(() => new KerasWeights("hello, this is text"u8.ToArray()), "Keras's .h5 weights file");
        Refused(() => new KerasWeights(Bytes()[..(1 << 12)]).Get("block14_sepconv2", "depthwise_kernel", 3, 3, 1536, 1), "fetch it again");
    }

    [Fact]
    public void Any_damaged_header_ends_in_a_sentence()
    {
        var bytes = Bytes()[..(1 << 16)];
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
                _ = new KerasWeights(damaged).Get("block1_conv1", "kernel", 3, 3, 3, 32);
            }
            catch (DamagedFileException e)
            {
                Assert.Contains("file", e.Message);
            }
        }
    }

    private static void Refused(Func<object> read, string part)
    {
        var error = Assert.Throws<DamagedFileException>(read);
        Assert.Contains(part, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static byte[] Bytes() => File.ReadAllBytes(TestFiles.Shared("models", "xception_random_keras.h5"));
}
