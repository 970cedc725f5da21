using OrleansAtlas.Client;

return await CommandLine.RunAsync(args);
