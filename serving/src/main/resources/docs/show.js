SwaggerUIBundle({ url: "/openapi/trendflow.yml", dom_id: "#api", deepLinking: true, validatorUrl: null });
