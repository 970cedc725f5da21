using OrleansAtlas.Silo;
using OrleansAtlas.Silo.Health;

var builder = WebApplication.CreateBuilder(args);
if (await Startup.CheckAsync(builder) is { } problem)
{
    await Console.Error.WriteLineAsync($"silo: {problem}");
    return 2;
}

builder.AddTools();
builder.AddCluster();
builder.AddHealth();
builder.AddTelemetry();

var app = builder.Build();
app.MapHealth();
await app.RunToTheEndAsync();
return 0;
