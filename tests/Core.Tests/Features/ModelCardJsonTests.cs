using System.Text;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;

namespace OrleansAtlas.Tests.Features;

public sealed class ModelCardJsonTests
{
    [Fact]
    public void Reads_a_short_card()
    {
        var card = ModelCardJson.Parse(
            """{ "name": "m", "inputSize": 224, "layout": "nhwc", "bgr": true, "mean": [127.5], "dimensions": 512, "licence": "MIT" }"""u8,
            "m.json"
        );
        Assert.Equal(("m", 224, TensorLayout.Nhwc, true, 512), (card.Name, card.InputSize, card.Layout, card.Bgr, card.Dimensions));
        Assert.Equal([127.5f], card.Mean);
        Assert.Equal([1f], card.Scale);
    }

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var card = new ModelCard
        {
            Name = "m",
            InputSize = 64,
            Dimensions = 8,
            Licence = "none",
            Sha256 = new string('a', 64),
            Scale = [1, 2, 3],
        };
        var text = Encoding.UTF8.GetString(ModelCardJson.ToBytes(card));
        Assert.Contains("\"layout\": \"nchw\"", text);
        Assert.Equal(text, Encoding.UTF8.GetString(ModelCardJson.ToBytes(ModelCardJson.Parse(Encoding.UTF8.GetBytes(text), "m.json"))));
    }

    [Theory]
    [InlineData("""{ "name": "m", "inputSize": 224 }""", "dimensions")]
    [InlineData("""{ "name": "m", "inputSize": 224, "dimensions": 8, "licence": "", "colour": 1 }""", "colour")]
    [InlineData(
        """{ "name": "m", "inputSize": 4, "dimensions": 0, "licence": "" }""",
        "inputSize is 4, expected 16 to 2048 pixels; dimensions is 0"
    )]
    [InlineData("""{ "name": "m", "inputSize": 224, "dimensions": 8, "licence": "", "scale": [0] }""", "scale")]
    [InlineData("hello", "m.json")]
    public void Says_what_is_wrong_with_a_card(string json, string part)
    {
        var error = Assert.Throws<ModelException>(() => ModelCardJson.Parse(Encoding.UTF8.GetBytes(json), "m.json"));
        Assert.Contains(part, error.Message);
        Assert.Contains("m.json", error.Message);
    }
}
