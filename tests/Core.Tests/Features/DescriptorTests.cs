using OrleansAtlas.Features;

namespace OrleansAtlas.Tests.Features;

public sealed class DescriptorTests
{
    [Fact]
    public void Keeps_the_squares_one_after_the_other_in_float16()
    {
        var descriptor = new Half[4];
        Assert.Null(Descriptor.Convert([1f, -2.5f, 65504f, 1e-9f], descriptor));
        Assert.Equal([(Half)1, (Half)(-2.5), (Half)65504, (Half)0], descriptor);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(70000f)]
    public void Says_which_number_float16_cannot_hold(float value)
    {
        var reason = Descriptor.Convert([0f, 1f, value, 3f], new Half[4]);
        Assert.StartsWith("number 2 of 4 ", reason);
    }
}
