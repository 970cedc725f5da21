using System.Net;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>What the API says about itself, and how it refuses.</summary>
public sealed class ApiDocumentTests(ApiFixture api)
{
    private static readonly string[] Methods = ["get", "post"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_has_a_name_a_tag_a_summary_its_path_parameters_and_its_errors()
    {
        var operations = await OperationsAsync();

        Assert.True(operations.Count >= 20, $"{operations.Count} operations");
        Assert.Equal(operations.Count, operations.Select(o => o.Document.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (path, operation) in operations)
        {
            Assert.StartsWith("/api/v1/collections", path, StringComparison.Ordinal);
            Assert.Single(operation.GetProperty("tags").EnumerateArray());
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.Equal(path.Split('{')[1..].Select(part => part.Split('}')[0]).Order(), Parameters(operation, "path").Order());
            Assert.Contains("404", operation.GetProperty("responses").EnumerateObject().Select(response => response.Name));
        }
    }

    [Fact]
    public async Task Queries_are_named_in_one_style()
    {
        var names = (await OperationsAsync()).SelectMany(operation => Parameters(operation.Document, "query"));

        // Days a film was made are from and to, the day it came is since, seconds are start and end, the number of answers a limit.
        Assert.Equal(
            [
                "among",
                "end",
                "film",
                "format",
                "from",
                "group",
                "level",
                "limit",
                "name",
                "search",
                "since",
                "sort",
                "start",
                "to",
                "x",
                "y",
            ],
            names.Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("frames/3/neighbours?among=some", "'others', 'film' and 'all'")]
    [InlineData("films?sort=size", "'name' or 'frames'")]
    [InlineData("near?x=2&y=0", "0, 0 to 1, 1")]
    [InlineData("near?x=0.5", "y is missing")]
    [InlineData("near?x=left&y=0", "x=left is no number.")]
    [InlineData("near?x=0&y=0&limit=0", "limit=0 is no number of answers")]
    [InlineData("films?limit=-3", "limit=-3 is no number of answers")]
    [InlineData("films?limit=many", "limit=many is no whole number.")]
    [InlineData("?from=2024-13-45", "from=2024-13-45 is no day, such as 2024-05-31")]
    [InlineData("?group=foo", "group")]
    [InlineData("?since=monday", "since=monday is no time; give a day such as 2026-05-31, or a time of one such as 2026-05-31T18:00:00Z.")]
    [InlineData("tiles/trust/0/0/0?to=May", "to=May is no day")]
    [InlineData("frames/3/cell?level=deep", "level=deep is no whole number.")]
    public async Task A_query_for_what_there_is_not_is_told_what_there_is(string path, string words)
    {
        using var answer = await api.Client.GetAsync(path[0] == '?' ? api.Map + path : $"{api.Map}/{path}", Cancel);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("getMap", "400")]
    [InlineData("getTile", "400")]
    [InlineData("getFrameCell", "400")]
    [InlineData("getFilmStrip", "400")]
    [InlineData("getFilmSource", "416")]
    [InlineData("selectFrames", "415")]
    public async Task What_an_operation_refuses_with_is_in_the_document(string name, string status)
    {
        var operation = (await OperationsAsync()).Single(o => o.Document.GetProperty("operationId").GetString() == name).Document;

        Assert.Contains(status, operation.GetProperty("responses").EnumerateObject().Select(response => response.Name));
    }

    [Theory]
    [InlineData("text/plain", "polygon", HttpStatusCode.UnsupportedMediaType, "Content-Type: application/json")]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest, "cannot be read as the JSON")]
    public async Task A_body_that_cannot_be_read_is_refused_in_a_sentence(string type, string body, HttpStatusCode status, string words)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var answer = await api.Client.PostAsync($"{api.Map}/selection", content, Cancel);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.js", "br")]
    [InlineData("page.js", "gzip")]
    [InlineData("api/v1/collections", "br")]
    public async Task Text_is_compressed(string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + path) { Headers = { { "Accept-Encoding", encoding } } };
        using var answer = await api.Client.SendAsync(request, Cancel);

        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
        Assert.True((await answer.Content.ReadAsByteArrayAsync(Cancel)).Length < 140_000);
    }

    private async Task<List<(string Path, JsonElement Document)>> OperationsAsync() =>
        [
            .. (await api.JsonAsync("/openapi/v1.json", Cancel))
                .GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject().Where(method => Methods.Contains(method.Name)).Select(method => (path.Name, method.Value))
                ),
        ];

    private static IEnumerable<string> Parameters(JsonElement operation, string place) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() == place)
                .Select(parameter => parameter.GetProperty("name").GetString()!)
            : [];
}
